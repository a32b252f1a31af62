/** A change in words: "service checkout added, checkout to payments connected". Pure. */
import { type Board, type BoardNode, type Id, type Note, type Patch, sameValue } from '../../graph/index.ts';

/** More than this of one sort are counted, not named. */
const NAMED = 3;

type Change<R> = readonly [from: R, to: R];

export function changeWords(board: Board, patch: Patch): string {
  const sentences: string[] = [];
  const say = (names: readonly string[], what: string, many: string) => {
    if (names.length === 0) return;
    sentences.push(names.length <= NAMED ? `${names.join(', ')} ${what}` : `${names.length} ${many} ${what}`);
  };
  const sayEach = <R>(
    changes: readonly Change<R>[],
    verb: (change: Change<R>) => string,
    nameOf: (record: R) => string,
    many: string,
  ) => {
    for (const [what, alike] of Map.groupBy(changes, verb))
      say(
        alike.map(([, to]) => nameOf(to)),
        what,
        many,
      );
  };
  const { nodes, edges, marks, notes, groups } = patch;
  const nameOf = (id: Id) => board.nodes[id]?.name ?? nodes?.removed?.[id]?.name ?? 'a part';
  const ends = ({ source, target }: { source: Id; target: Id }) => `${nameOf(source)} to ${nameOf(target)}`;
  const added = <R>(of: { added?: Record<Id, R> } | undefined) => Object.values(of?.added ?? {});
  const removed = <R>(of: { removed?: Record<Id, R> } | undefined) => Object.values(of?.removed ?? {});
  const updated = <R>(of: { updated?: Record<Id, Change<R>> } | undefined) =>
    Object.values(of?.updated ?? {});
  const sayRenamed = (changes: readonly Change<{ name: string }>[], many: string) =>
    say(
      changes.filter(isRenamed).map(([from, to]) => `${from.name} is now ${to.name}`),
      '',
      `${many} renamed`,
    );

  say(
    added(nodes).map(({ kind, name }) => `${kind} ${name}`),
    'added',
    'parts',
  );
  say(added(edges).map(ends), 'connected', 'edges');
  say(
    removed(nodes).map(({ name }) => name),
    'removed',
    'parts',
  );
  if (!nodes?.removed) say(removed(edges).map(ends), 'disconnected', 'edges');
  say(
    added(groups).map(({ name }) => `group ${name}`),
    'added',
    'groups',
  );
  say(
    removed(groups).map(({ name }) => `group ${name}`),
    'taken apart',
    'groups',
  );
  sayRenamed(updated(nodes), 'parts');
  const otherwise = updated(nodes).filter((change) => !isRenamed(change));
  sayEach(
    otherwise,
    (change) => nodeVerb(board, change),
    ({ name }) => name,
    'parts',
  );
  sayRenamed(updated(groups), 'groups');
  sayEach(
    updated(groups).filter((change) => !isRenamed(change)),
    ([from, to]) => (from.collapsed === to.collapsed ? 'changed' : to.collapsed ? 'collapsed' : 'expanded'),
    ({ name }) => `group ${name}`,
    'groups',
  );
  // where layout keeps a route on them, edges change with what is moved: nobody asked for that
  say(
    updated(edges)
      .filter(isTold)
      .map(([, to]) => ends(to)),
    'changed',
    'edges',
  );
  say(
    [...added(marks), ...updated(marks).map(([, to]) => to)].map(({ subject, status }) => {
      const edge = board.edges[subject.id];
      return `${subject.type === 'edge' && edge ? ends(edge) : nameOf(subject.id)} ${status}`;
    }),
    '',
    'marks set',
  );
  say(
    removed(marks).map(() => 'mark'),
    'taken off',
    'marks',
  );
  const aNote = () => 'note';
  say(added(notes).map(aNote), 'added', 'notes');
  say(removed(notes).map(aNote), 'removed', 'notes');
  sayEach(updated(notes), noteVerb, aNote, 'notes');
  if (patch.title) sentences.push(`board is now called ${patch.title[1]}`);
  return sentences.map((sentence) => sentence.trim()).join('; ');
}

const isRenamed = ([from, to]: Change<{ name: string }>) => from.name !== to.name;

function isTold([from, to]: Change<Board['edges'][Id]>): boolean {
  const { route: _old, ...before } = from;
  const { route: _new, ...after } = to;
  return !sameValue(before, after);
}

function nodeVerb({ groups }: Board, [from, to]: Change<BoardNode>): string {
  if (!sameValue(from.position, to.position)) return 'moved';
  if (from.locked !== to.locked) return to.locked ? 'locked' : 'unlocked';
  if (from.pinned !== to.pinned) return to.pinned ? 'pinned' : 'unpinned';
  if (from.group !== to.group)
    return to.group === undefined ? 'out of the group' : `in group ${groups[to.group]?.name ?? ''}`;
  return 'changed';
}

function noteVerb([from, to]: Change<Note>): string {
  if (from.locked !== to.locked) return to.locked ? 'locked' : 'unlocked';
  const level = (to.z ?? 0) - (from.z ?? 0);
  if (level !== 0) return level > 0 ? 'brought to the front' : 'sent to the back';
  if (from.text !== to.text) return `says ${to.text}`;
  return sameValue(from.size, to.size) ? 'moved' : 'resized';
}
