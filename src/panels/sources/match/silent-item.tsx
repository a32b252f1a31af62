/** One part that is drawn and that no telemetry speaks of: perhaps it goes by another name there. */
import type { BoardNode } from '../../../graph/index.ts';
import type { Workspace } from '../../../workspace/index.ts';
import { goTo } from '../../names.ts';
import { KindIcon } from '../../ui/icon.tsx';
import { PartChoice } from './part-choice.tsx';
import type { DarkRow } from './rows.ts';

type Props = {
  workspace: Workspace;
  node: BoardNode;
  /** The names that it may go by. */
  rows: readonly DarkRow[];
  readOnly: boolean;
  onIs: (row: DarkRow) => void;
};

export function SilentItem({ workspace, node, rows, readOnly, onIs }: Props) {
  const name = node.name || 'unnamed';
  return (
    <li className="silent-item" aria-label={name}>
      <KindIcon kind={node.kind} size={14} />
      <button
        type="button"
        className="link cut"
        onClick={() => goTo(workspace, { type: 'node', id: node.id })}
      >
        {name}
      </button>
      {rows.length > 0 && (
        <PartChoice
          label={`${name} is seen as`}
          words="is seen as…"
          disabled={readOnly}
          options={rows.map((row) => [row.node.id, row.node.name])}
          onChoose={(id) => {
            const row = rows.find((each) => each.node.id === id);
            if (row) onIs(row);
          }}
        />
      )}
    </li>
  );
}
