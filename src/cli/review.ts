/** Taking an import onto a board, and what there is to say of it: who was taken for whom, what traffic shows, what is gone. */
import {
  applyPatch,
  type Board,
  bindingOf,
  type Choices,
  choicesFor,
  edgeName,
  type Id,
  importGraph,
  mergeGraph,
  nodeName,
  normaliseName,
  type Review,
  removeGone,
  reviewImport,
} from '../graph/index.ts';
import { Failure, UsageError } from './command.ts';
import { namedLike } from './likeness.ts';
import type { Loaded } from './load.ts';

/** So many names are told. */
const MOST_NAMES = 20;

/**
 * @param matches `NAME=PART`: who on the board a part of the files is; without PART, none of them
 * @param isPruned take off what is gone from its files
 * @throws Failure where one of them is not there
 */
export function takenOnto(
  board: Board,
  read: Loaded,
  matches: readonly string[],
  isPruned: boolean,
): { board: Board; remarks: string[] } {
  const { board: graph, context } = read;
  const byHand = new Map(matches.map((each) => matchIn(each, board, graph)));
  const choices: Choices = new Map([...choicesFor(board, graph), ...byHand]);
  const merged = mergeGraph(board, graph, choices);
  const about = { byHand: new Set(byHand.keys()), merged, isWhole: !read.partial };
  const review = reviewImport(board, graph, choices, about);
  const patch = importGraph(board, { ...read, graph, merged, newId: context.newId });
  const after = applyPatch(board, patch).board;
  return {
    board: isPruned ? applyPatch(after, removeGone(after, review)).board : after,
    remarks: [
      ...remarksOn(board, graph, review, isPruned),
      ...(isPruned && read.partial ? ['nothing is taken off: not all of the files could be read'] : []),
    ],
  };
}

function matchIn(stated: string, board: Board, graph: Board): [Id, Id | null] {
  const at = stated.lastIndexOf('=');
  if (at < 1) throw new UsageError('import: --match is NAME=PART');
  const [name, part] = [stated.slice(0, at), stated.slice(at + 1)];
  const named = Object.values(graph.nodes).find((node) => normaliseName(node.name) === normaliseName(name));
  if (!named) throw new Failure(absent(name, 'in these files', graph));
  if (part === '') return [named.id, null];
  const known = bindingOf(board).nodeLike(part, named.kind) ?? bindingOf(board).node(part);
  if (known === null) throw new Failure(absent(part, 'on the board', board));
  return [named.id, known];
}

const absent = (name: string, where: string, { nodes }: Board): string =>
  `There is no part “${name}” ${where}${namedLike(
    name,
    Object.values(nodes).map((node) => node.name),
  )}.`;

function remarksOn(board: Board, graph: Board, review: Review, isPruned: boolean): string[] {
  const { pairings, gone, traffic } = review;
  const edgesOf = (ids: readonly Id[], of: Board = board) => ids.map((id) => edgeName(of, id));
  const guessed = pairings.flatMap(({ node, with: id, by }) =>
    by === 'address' && id !== null ? [`${node.name} is ${nodeName(board, id)}`] : [],
  );
  const apart = new Set(Object.values(board.groups).map(({ name }) => normaliseName(name)));
  const groups = Object.values(graph.groups).filter(({ name }) => !apart.has(normaliseName(name)));
  const isEmpty = Object.keys(board.nodes).length === 0;
  return [
    told('taken for one by their address', guessed),
    told('seen in traffic, and nobody had drawn it', edgesOf(traffic?.undrawn ?? [], graph)),
    told('drawn, and not seen in this traffic', edgesOf(traffic?.silent ?? [])),
    told(isPruned ? 'gone from its files, and taken off' : 'gone from its files; --prune takes it off', [
      ...gone.nodes.map((id) => nodeName(board, id)),
      ...edgesOf(gone.edges),
    ]),
    told(
      'groups, not drawn on a board that has parts already',
      isEmpty ? [] : groups.map(({ name }) => name),
    ),
  ].flat();
}

/** One line of what and whom; none where there is nobody. */
export function told(what: string, all: readonly string[]): string[] {
  const names = [...new Set(all)];
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return [`${what}: ${names.slice(0, MOST_NAMES).join(', ').replaceAll('\n', ' ')}${more}`];
}
