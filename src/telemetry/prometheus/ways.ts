/** Where traffic runs on the board. */
import {
  type Board,
  type BoardEdge,
  type EdgeKind,
  edgesAt,
  type Id,
  isCarrier,
  type Subject,
} from '../../graph/index.ts';

export type Drawn = Pick<Board, 'nodes' | 'edges'>;
/** Over one edge, or through a carrier over two. */
export type Way = { out: BoardEdge; through: Id | null; into: BoardEdge };

export const edgeSubject = ({ id }: BoardEdge): Subject => ({ type: 'edge', id });

/** The way that traffic takes from one node to another; null where none is drawn or two would fit. */
export function wayOf(board: Drawn, source: Id | null, target: Id | null, kind: EdgeKind): Way | null {
  if (source === null || target === null) return null;
  const leaving = edgesAt(board.edges, source).filter((edge) => edge.source === source);
  const direct = leaving.filter((edge) => edge.target === target);
  const alike = direct.filter(
    (edge) => edge.kind === kind || (kind === 'publish' && edge.kind === 'consume'),
  );
  const ways = [
    over(alike),
    ...(kind === 'publish'
      ? [through(board, leaving, target), over(direct)]
      : [over(direct), through(board, leaving, target)]),
  ];
  const first = ways.find((each) => each.length > 0);
  return first?.length === 1 ? first[0]! : null;
}

const over = (edges: readonly BoardEdge[]): Way[] =>
  edges.map((edge) => ({ out: edge, through: null, into: edge }));

function through(board: Drawn, leaving: readonly BoardEdge[], target: Id): Way[] {
  return leaving
    .filter((edge) => edge.target !== edge.source && isCarrier(board.nodes[edge.target]?.kind))
    .flatMap((out) =>
      edgesAt(board.edges, out.target)
        .filter((into) => into.source === out.target && into.target === target)
        .map((into) => ({ out, through: out.target, into })),
    );
}

/** Messages wait in the carrier; where none is drawn, on the edge. */
export function waitingPlace(board: Drawn, { out, through }: Way): Subject {
  const carrier = through ?? (isCarrier(board.nodes[out.target]?.kind) ? out.target : null);
  return carrier ? { type: 'node', id: carrier } : edgeSubject(out);
}
