/** What the hint line says. Pure; keys stand between backticks. */
import { selectionSize, type WorkspaceState } from '../../workspace/index.ts';

type Seen = Pick<WorkspaceState, 'board' | 'session' | 'readOnly'>;

/** One sentence for the tool in hand, or for what is selected. */
export function hintFor({ board, session, readOnly }: Seen): string {
  const { tool, selection, editing } = session;
  if (editing) return '`Enter` keeps the name · `Tab` goes on to the next · `Esc` leaves it as it was';
  if (session.preview) return '`Enter` applies what is shown · `Esc` leaves the board as it was';
  if (tool.type === 'node') return `Click where the ${tool.kind} stands · \`Esc\` puts the tool down`;
  if (tool.type === 'note') return 'Click where the note stands · `Esc` puts the tool down';
  if (tool.type === 'hand') return 'Drag to move the board · `V` to select';
  const size = selectionSize(selection);
  if (readOnly !== null) return 'Scroll to move, `Ctrl`+scroll to zoom · `?` for all keys';
  if (size > 1) return '`Ctrl+G` groups · `P` pins · `M` suspects · `Delete` takes away';
  if (selection.nodes.size === 1)
    return '`Ctrl+→` adds the next · drag from a side to connect · `Enter` renames · `M` suspects';
  if (selection.edges.size === 1) return '`M` suspects it · `Delete` takes it away';
  if (selection.groups.size === 1)
    return '`Ctrl+Alt+G` collapses or expands · `Shift+Enter` looks into it · `Enter` renames';
  if (size === 1) return '`Enter` to write · `Delete` takes away';
  if (Object.keys(board.nodes).length === 0)
    return 'Press `S` and click to place a service · `?` for all keys';
  return '`S` service, `D` database, `Q` queue · drag from a side to connect · `?` for all keys';
}
