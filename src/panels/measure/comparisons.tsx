/** The two sides, and all that differs between them; without a side to compare with, the figures alone. */
import { useMemo, useState } from 'react';
import type { Workspace } from '../../workspace/index.ts';
import { type Kind, metricsOf } from './comparison-rows.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { EdgeTable } from './edge-table.tsx';
import { InstanceFindings } from './instance-findings.tsx';
import { Sides } from './sides.tsx';
import { useComparisons } from './use-comparisons.ts';
import './compared.css';

export function Comparisons({ workspace }: { workspace: Workspace }) {
  const [kind, setKind] = useState<Kind>('durations');
  const [perInstance, setPerInstance] = useState(true);
  const metrics = useMemo(() => metricsOf(kind), [kind]);
  const compared = useComparisons(workspace, { perInstance, metrics });
  return (
    <>
      <Sides workspace={workspace} />
      {compared ? (
        <>
          <InstanceFindings workspace={workspace} compared={compared} />
          <ComparisonTable
            workspace={workspace}
            compared={compared}
            kind={kind}
            onKind={setKind}
            perInstance={perInstance}
            onPerInstance={setPerInstance}
          />
        </>
      ) : (
        <EdgeTable workspace={workspace} />
      )}
    </>
  );
}
