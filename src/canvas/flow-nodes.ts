/** Board → React Flow's nodes: only what is mounted, and the same object for what has not changed. */
import type { Node } from '@xyflow/react';
import {
  type Board,
  groupRects,
  type Id,
  isBehind,
  isLocked,
  type Rect,
  stackedNotes,
  type TakenOut,
} from '../graph/index.ts';
import type { Lit, WorkspaceState } from '../workspace/index.ts';
import { groupsOf, type Moved, noteRect, rectOf, withMoved } from './boxes.ts';

/** What of the state the cards depend on. */
type Drawn = Pick<WorkspaceState, 'board' | 'session' | 'readOnly'>;

type Wanted = {
  id: Id;
  type: 'part' | 'stack' | 'note' | 'boundary';
  z: number;
  rect: Rect;
  selected: boolean;
  draggable: boolean;
  connectable: boolean;
  dimmed: boolean;
  label: string;
};

/** Remembers the objects handed out last, so that React Flow and React skip what is the same. */
export function createFlowNodes() {
  let last = new Map<string, { key: string; node: Node }>();
  return function flowNodes(
    state: Drawn,
    cards: ReadonlyMap<Id, Id>,
    moved: Moved,
    mounted: ReadonlySet<Id>,
    lit: Lit | null,
    out: TakenOut | undefined,
  ): Node[] {
    const next = new Map<string, { key: string; node: Node }>();
    for (const wanted of wantedNodes(state, cards, moved, mounted, lit, out)) {
      const key = JSON.stringify(wanted);
      const known = last.get(wanted.id);
      next.set(wanted.id, known?.key === key ? known : { key, node: toNode(wanted) });
    }
    last = next;
    return [...next.values()].map(({ node }) => node);
  };
}

function* wantedNodes(
  state: Drawn,
  cards: ReadonlyMap<Id, Id>,
  moved: Moved,
  mounted: ReadonlySet<Id>,
  lit: Lit | null,
  out: TakenOut | undefined,
): Generator<Wanted> {
  const { board, session, readOnly } = state;
  const { selection, tool, editing } = session;
  const litGroups = lit && groupsOf(board, lit.nodes);
  const draggable = readOnly === null && tool.type === 'select';
  for (const [id, rect] of groupRects(withMoved(board, moved)))
    yield {
      id,
      type: 'boundary',
      z: Z.boundary,
      rect,
      selected: selection.groups.has(id),
      draggable: draggable && editing?.id !== id,
      connectable: false,
      dimmed: litGroups !== null && !litGroups.has(id),
      label: `group ${board.groups[id]!.name}`,
    };
  for (const note of stackedNotes(board)) {
    const { id } = note;
    yield {
      id,
      type: 'note',
      z: isBehind(note) ? Z.behind : Z.note,
      rect: noteRect(board, moved, id)!,
      selected: selection.notes.has(id),
      draggable: draggable && editing?.id !== id && !isLocked(note),
      connectable: false,
      dimmed: lit !== null,
      label: `note: ${note.text}${isLocked(note) ? ', locked' : ''}`,
    };
  }
  for (const id of mounted) {
    const rect = rectOf(board, moved, id);
    if (!rect) continue;
    const group = cards.get(id);
    yield {
      id,
      type: group === undefined ? 'part' : 'stack',
      // of cards that overlap the one that is dealt with lies on top
      z: selection.nodes.has(id) ? Z.chosen : Z.card,
      rect,
      selected: selection.nodes.has(id),
      draggable: draggable && editing?.id !== (group ?? id) && !isLocked(board.nodes[id]),
      connectable: draggable && group === undefined && editing?.id !== id,
      dimmed: (lit !== null && !lit.nodes.has(id)) || !!out?.unreached.has(id),
      label: `${group === undefined ? nodeLabel(board, id) : stackLabel(board, id)}${stateOf(out, id)}`,
    };
  }
}

function nodeLabel(board: Board, id: Id): string {
  const { name, kind, technology, locked } = board.nodes[id]!;
  return `${kind} ${name}${technology ? `, ${technology}` : ''}${locked ? ', locked' : ''}`;
}

const stateOf = (out: TakenOut | undefined, id: Id) =>
  out?.nodes.has(id) ? ', out' : out?.unreached.has(id) ? ', cut off' : '';

const stackLabel = ({ nodes }: Board, id: Id) =>
  `collapsed group ${nodes[id]!.name}, ${nodes[id]!.technology}`;

const Z = { boundary: 0, behind: 1, card: 2, chosen: 3, note: 4 } as const;

/** Sizes and handles are stated, so that React Flow shows a node without measuring it first. */
function toNode({ id, type, z, rect, selected, draggable, connectable, dimmed, label }: Wanted): Node {
  const { x, y, width, height } = rect;
  return {
    id,
    type,
    position: { x, y },
    width,
    height,
    measured: { width, height },
    ...(type === 'part' && { handles: handlesOf(width, height) }),
    data: {},
    selected,
    draggable,
    connectable,
    zIndex: z,
    ariaLabel: label,
    ...(dimmed && { className: 'dimmed' }),
    ...(type === 'boundary' && { style: { pointerEvents: 'none' as const }, dragHandle: '.group-title' }),
  };
}

const HANDLE = 10;

function handlesOf(width: number, height: number): NonNullable<Node['handles']> {
  const at = (id: string, position: string, x: number, y: number) => ({
    id,
    type: 'source' as const,
    position: position as NonNullable<Node['handles']>[number]['position'],
    x: x - HANDLE / 2,
    y: y - HANDLE / 2,
    width: HANDLE,
    height: HANDLE,
  });
  return [
    at('top', 'top', width / 2, 0),
    at('right', 'right', width, height / 2),
    at('bottom', 'bottom', width / 2, height),
    at('left', 'left', 0, height / 2),
  ];
}
