/** What things are called to a person, and how a panel row leads to its subject on the board. */
import type { Board, Id, Subject } from '../graph/index.ts';
import { select, type Workspace } from '../workspace/index.ts';

/** `checkout → payments`; `between` is what stands in the middle. */
export function edgeName(board: Pick<Board, 'nodes' | 'edges'>, id: Id, between = '→'): string {
  const edge = board.edges[id];
  const nameOf = (node: Id | undefined) => (node === undefined ? '?' : board.nodes[node]?.name || 'unnamed');
  return `${nameOf(edge?.source)} ${between} ${nameOf(edge?.target)}`;
}

export const subjectName = (board: Pick<Board, 'nodes' | 'edges'>, subject: Subject): string =>
  subject.type === 'edge' ? edgeName(board, subject.id) : board.nodes[subject.id]?.name || 'unnamed';

/** Selects it, brings it into view and rings it. */
export function goTo(workspace: Workspace, subject: Subject): void {
  const selection = select(subject.type === 'node' ? { nodes: [subject.id] } : { edges: [subject.id] });
  workspace.session({ selection, ringed: subject });
  workspace.view?.panTo(subject);
}

/** When something happened, in the viewer's zone: the time today, the day too otherwise. */
export const timeText = (at: number, now: number): string => told(at, now, {});
/** The same to the second: `14:02:30`, `21 Nov, 14:02:30`. */
export const momentText = (at: number, now: number): string => told(at, now, { second: '2-digit' });

function told(at: number, now: number, more: Intl.DateTimeFormatOptions): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...more } as const;
  return new Intl.DateTimeFormat(
    undefined,
    today ? time : { day: 'numeric', month: 'short', ...time },
  ).format(at);
}
