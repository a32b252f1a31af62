/** One name that no part has: what it may be, and what can be done about it. */
import { useMemo } from 'react';
import { type Id, isCarrier, type Matcher } from '../../../graph/index.ts';
import type { Workspace } from '../../../workspace/index.ts';
import { KindIcon } from '../../ui/icon.tsx';
import { PartChoice } from './part-choice.tsx';
import { type DarkRow, whyWords } from './rows.ts';

type Props = {
  workspace: Workspace;
  row: DarkRow;
  matcher: Matcher;
  readOnly: boolean;
  onIs: (node: Id) => void;
  onAdd: () => void;
  /** Shows what adding it would draw, or no longer. */
  onShow: (on: boolean) => void;
  onIgnore: () => void;
};

export function DarkItem({ workspace, row, matcher, readOnly, onIs, onAdd, onShow, onIgnore }: Props) {
  const nodes = workspace.use((state) => state.board.nodes);
  const { node, names, traffic, contested } = row;
  const candidates = useMemo(() => matcher.candidates(row.names), [matcher, row]);
  const others = names.slice(1);
  const ring = (id: Id | null) => workspace.session({ ringed: id === null ? null : { type: 'node', id } });
  const proposed = contested
    ? candidates.filter(
        (each) => each.likeness.type === 'same' && isCarrier(nodes[each.node]?.kind) === isCarrier(node.kind),
      )
    : candidates;
  return (
    <li className="match-item" aria-label={node.name}>
      <p className="what">
        <KindIcon kind={node.kind} size={14} />
        <b className="cut">{node.name}</b>
        <span className="chip">{node.technology ?? node.kind}</span>
      </p>
      {traffic !== '' && <p className="aside">{traffic}</p>}
      {others.length > 0 && <p className="aside">also {others.join(', ')}</p>}
      {proposed.map(({ node: id, likeness }) => {
        const part = nodes[id];
        if (!part) return null;
        return (
          <p key={id} className="proposal">
            <button
              type="button"
              className="button small"
              aria-label={`${node.name} is ${part.name}`}
              disabled={readOnly}
              onPointerEnter={() => ring(id)}
              onPointerLeave={() => ring(null)}
              onFocus={() => ring(id)}
              onBlur={() => ring(null)}
              onClick={() => onIs(id)}
            >
              is {part.name || 'unnamed'}
            </button>
            <span className="aside">{whyWords(likeness, part)}</span>
          </p>
        );
      })}
      <div className="row-buttons">
        {!contested && (
          <button
            type="button"
            className="button small"
            aria-label={`Add to the board: ${node.name}`}
            disabled={readOnly}
            onPointerEnter={() => onShow(true)}
            onPointerLeave={() => onShow(false)}
            onFocus={() => onShow(true)}
            onBlur={() => onShow(false)}
            onClick={onAdd}
          >
            Add to the board
          </button>
        )}
        <button
          type="button"
          className="button small"
          aria-label={`Not ours: ${node.name}`}
          title="Set the name aside: it is not offered any more"
          disabled={readOnly}
          onClick={onIgnore}
        >
          Not ours
        </button>
        <PartChoice
          label={`${node.name} is another part`}
          words="is…"
          disabled={readOnly}
          options={Object.values(nodes).map(({ id, name }) => [id, name || 'unnamed'])}
          onChoose={onIs}
        />
      </div>
    </li>
  );
}
