/**
 * Fetches what the board is asked to show of the past, ahead of who scrubs. Needed from the first look back on, so
 * its code comes after the board.
 */
import type { Board, Milliseconds } from '../graph/index.ts';
import { createFrames } from './frames.ts';
import type { Moment } from './moment.ts';
import type { Session } from './session.ts';
import { turningTo } from './turn-to.ts';
import type { Workspace } from './workspace.ts';

const later = (task: () => void, after: Milliseconds) => {
  const timer = setTimeout(task, after);
  return () => clearTimeout(timer);
};

/** @returns the end of it */
export function followPast(workspace: Workspace, schedule = later): () => void {
  const { past, services, now, use } = workspace;
  const boardNow = () => use.getState().board;
  const frames = createFrames({
    ask: (stretch, signal) => services.history(stretch, signal),
    now,
    schedule,
    parts: () => Object.keys(boardNow().nodes).length + Object.keys(boardNow().edges).length,
    onChange: () => past.refresh(),
  });
  past.turnTo = turningTo(workspace, frames.of);
  past.refresh();
  let of = '';
  let then: Board | null = null;

  /** What was fetched for another board, or from other sources, is no longer what it is called. */
  function want(moments: Moment[]): void {
    const current = boardNow();
    const known = moments.length === 0 || current === then ? of : knownBy(current);
    const isOther = known !== of;
    if (isOther) frames.clear();
    of = known;
    if (moments.length > 0) then = current;
    frames.want(moments);
    if (isOther) past.refresh();
  }

  const end = use.subscribe(({ session, board }, before) => {
    const isTold = session.moment !== before.session.moment || session.compare !== before.session.compare;
    if (isTold || mayDiffer(board, before.board)) want(lookedAt(session));
    // a snapshot that is looked at may have gone
    if (board.snapshots !== before.board.snapshots && (session.moment || session.compare)) past.refresh();
  });
  want(lookedAt(use.getState().session));
  return () => {
    end();
    frames.clear();
  };
}

/** What sources have to be asked for, the moment shown first. */
function lookedAt({ moment, compare }: Session): Moment[] {
  const moments: Moment[] = [];
  if (moment && moment.snapshot === undefined) moments.push(moment);
  if (compare && 'at' in compare) moments.push(compare);
  return moments;
}

const mayDiffer = (a: Board, b: Board): boolean =>
  a.nodes !== b.nodes || a.edges !== b.edges || a.sources !== b.sources || a.id !== b.id;

/** All that decides which figures a source finds for a board: where things stand does not. */
const knownBy = ({ id, nodes, edges, sources }: Board): string =>
  JSON.stringify([
    id,
    Object.values(nodes).map((node) => [node.id, node.name, node.kind, node.match]),
    Object.values(edges).map((edge) => [edge.id, edge.source, edge.target, edge.kind, edge.match]),
    sources,
  ]);
