/** Figures that were read from a file: kept in a snapshot, and gone with it. */
import type { EpochMs, Id } from '../../graph/index.ts';
import type { SourceHealth, Workspace } from '../../workspace/index.ts';
import { Card } from './card.tsx';

type Props = { workspace: Workspace; id: Id; health: SourceHealth; now: EpochMs };

export function ImportedCard({ workspace, id, health, now }: Props) {
  return (
    <Card
      workspace={workspace}
      name={health.label}
      health={health}
      now={now}
      onRemove={() => removeImported(workspace, id)}
    />
  );
}

function removeImported(workspace: Workspace, source: Id): void {
  const { snapshots } = workspace.use.getState().board;
  const removed = Object.fromEntries(
    Object.entries(snapshots).filter(
      ([, { imported, readings }]) =>
        imported && readings.some(({ provenance }) => provenance.source === source),
    ),
  );
  workspace.run('remove source', { snapshots: { removed } });
}
