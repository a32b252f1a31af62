/** What is selected, against what it is compared with; its code is fetched once there is something to compare with. */
import { lazy, Suspense } from 'react';
import type { Subject } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';

type Props = { workspace: Workspace; subject: Subject };

const ComparedFacts = lazy(() => import('../measure/compared.tsx').catch(() => ({ default: Unfetched })));
const Unfetched = (_: Props) => (
  <p className="fault" role="alert">
    The comparison could not be fetched from the server. Nothing is lost; load the page again.
  </p>
);

export function Compared(props: Props) {
  const baseline = props.workspace.use(props.workspace.past.baseline);
  if (!baseline) return null;
  return (
    <Suspense fallback={null}>
      <ComparedFacts {...props} />
    </Suspense>
  );
}
