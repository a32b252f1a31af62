/** Under a name in a table: that its figures are not of now. */
import type { Reading } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { agoText } from './figures.ts';
import { useNow } from './use-readings.ts';

/** Nothing as long as any of them is of now. */
export function StaleSince({ workspace, readings }: { workspace: Workspace; readings: readonly Reading[] }) {
  const now = useNow(workspace);
  if (readings.length === 0 || !readings.every(workspace.isStale)) return null;
  const newest = readings.reduce((a, b) => (b.at > a.at ? b : a));
  return (
    <span className="bounds stale-since" title={newest.provenance.label}>
      stale, {agoText(now - newest.at)}
    </span>
  );
}
