/** Less of a board, for others: some of its parts, or all of them with less said of each. */
import { withoutDangling } from './apply.ts';
import type { Id } from './fields.ts';
import type { Board } from './schema.ts';

/** The records that are kept. */
function kept<R extends object>(records: Record<Id, R>, keeps: (record: R) => boolean): Record<Id, R> {
  return Object.fromEntries(Object.entries(records).filter(([, record]) => keeps(record)));
}

/**
 * Some parts of a board as one of their own: the nodes and notes, the edges between them, and of groups, suspects, figures
 * and experiments what speaks of these. Single requests go through parts that are not there, and are left out.
 */
export function partOf(board: Board, own: Pick<Board, 'id' | 'title'>, ids: ReadonlySet<Id>): Board {
  const nodes = kept(board.nodes, ({ id }) => ids.has(id));
  const edges = kept(board.edges, ({ source, target }) => ids.has(source) && ids.has(target));
  const used = new Set(Object.values(nodes).map(({ group }) => group));
  const snapshots = Object.values(board.snapshots).map(({ requests: _gone, ...snapshot }) => ({
    ...snapshot,
    readings: snapshot.readings.filter(
      ({ subject }) => subject.id in (subject.type === 'node' ? nodes : edges),
    ),
  }));
  return withoutDangling({
    ...board,
    ...own,
    nodes,
    edges,
    groups: kept(board.groups, ({ id }) => used.has(id)),
    notes: kept(board.notes, ({ id }) => ids.has(id)),
    snapshots: Object.fromEntries(snapshots.map((snapshot) => [snapshot.id, snapshot])),
  });
}

/** What may be left out of a board that still is the same drawing. */
export const SAID = ['settings', 'figures', 'suspicions', 'addresses'] as const;
export type Said = (typeof SAID)[number];

const SAYS: Record<Said, (board: Board) => Board> = {
  settings: (board) => ({ ...board, nodes: lessOf(board.nodes, ['config']) }),
  figures: (board) => withoutDangling({ ...board, snapshots: {} }),
  suspicions: (board) => ({ ...board, marks: {}, experiments: {} }),
  addresses: (board) => ({
    ...board,
    nodes: lessOf(board.nodes, ['match', 'links', 'origins']),
    edges: lessOf(board.edges, ['match', 'links', 'origins']),
    sources: {},
  }),
};

/** The board without what is said of: settings, snapshots, suspects and experiments, or sources, telemetry names and links. */
export const withoutSaid = (board: Board, left: readonly Said[]): Board =>
  left.reduce((less, said) => SAYS[said](less), board);

function lessOf<R extends object, K extends keyof R>(
  records: Record<Id, R>,
  fields: readonly K[],
): Record<Id, R> {
  const all = Object.entries(records).map(([id, record]): [Id, R] => {
    if (!fields.some((field) => field in record)) return [id, record];
    const less = { ...record };
    for (const field of fields) delete less[field];
    return [id, less];
  });
  return Object.fromEntries(all);
}

/** How much is said of each: settings of so many parts, snapshots, suspects and experiments, addresses. */
export function saidOf(board: Board): Record<Said, number> {
  const all = [...Object.values(board.nodes), ...Object.values(board.edges)];
  const count = (records: object) => Object.keys(records).length;
  return {
    settings: Object.values(board.nodes).filter(({ config }) => config).length,
    figures: count(board.snapshots),
    suspicions: count(board.marks) + count(board.experiments),
    addresses:
      count(board.sources) + all.filter(({ match, links, origins }) => match ?? origins ?? links).length,
  };
}
