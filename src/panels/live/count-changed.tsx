/** Says so where an aggregate moved only because the number of instances changed. */
import { countChange } from '../../analysis/index.ts';
import type { Reading, Subject } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';

type Props = { workspace: Workspace; subject: Subject; readings: readonly Reading[] };

export function CountChanged({ workspace, subject, readings }: Props) {
  const baseline = workspace.use(workspace.past.baseline);
  const q = workspace.use((state) => state.session.quantile);
  const found = (['latency', 'rate'] as const).flatMap((metric) => {
    const spoken = workspace.readings.best(subject, metric, null);
    const change = spoken && countChange(spoken, readings, baseline, q);
    return change ? [change] : [];
  });
  return found.map(({ metric, sentence }) => (
    <p key={metric} className="finding">
      {sentence}
    </p>
  ));
}
