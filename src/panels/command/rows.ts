/** What the command bar offers for a text: actions to run, parts and edges to go to. Pure. */
import uFuzzy from '@leeoniya/ufuzzy';
import { type Board, edgeName, type Subject } from '../../graph/index.ts';
import { ACTIONS, type Action, isEnabled, keyWords, type Workspace } from '../../workspace/index.ts';

export type Row =
  | { type: 'action'; id: string; label: string; detail: string; action: Action }
  | { type: 'subject'; id: string; label: string; detail: string; subject: Subject };

const AT_MOST = 8;
/** Beyond this many parts only those whose name holds the text as it stands are looked at. */
const fuzzy = new uFuzzy({ intraMode: 1 });

const actionRow = (action: Action): Row => ({
  type: 'action',
  id: `action:${action.id}`,
  label: action.label,
  detail: action.keys?.[0] ? keyWords(action.keys[0]) : action.section,
  action,
});

function subjectRows(board: Pick<Board, 'nodes' | 'edges'>): Row[] {
  const nodes = Object.values(board.nodes).map(
    (node): Row => ({
      type: 'subject',
      id: `node:${node.id}`,
      label: node.name,
      detail: node.kind,
      subject: { type: 'node', id: node.id },
    }),
  );
  const edges = Object.values(board.edges).map(
    (edge): Row => ({
      type: 'subject',
      id: `edge:${edge.id}`,
      label: edgeName(board, edge.id),
      detail: edge.kind,
      subject: { type: 'edge', id: edge.id },
    }),
  );
  return [...nodes, ...edges];
}

let known: { board: Pick<Board, 'nodes' | 'edges'>; rows: Row[] } | null = null;

/** The best matches first, actions before parts of the same quality. Nothing typed: the first actions. */
export function rowsFor(workspace: Workspace, text: string): Row[] {
  const { board } = workspace.use.getState();
  const actions = ACTIONS.filter((action) => action.id !== 'view.command' && isEnabled(action, workspace));
  if (text.trim() === '')
    return actions
      .filter(({ section }) => section !== 'Tools')
      .slice(0, AT_MOST)
      .map(actionRow);
  if (known?.board.nodes !== board.nodes || known.board.edges !== board.edges)
    known = { board, rows: subjectRows(board) };
  const rows = [...actions.map(actionRow), ...known.rows];
  const [found, , order] = fuzzy.search(
    rows.map(({ label }) => label),
    text.trim(),
    0,
    1000,
  );
  if (!found) return [];
  const sorted = order ? order.map((i) => found[i]!) : found;
  return sorted.slice(0, AT_MOST).map((i) => rows[i]!);
}
