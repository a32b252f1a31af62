/** A change in words: "service checkout added, checkout to payments connected". Pure. */
import type { Board, Id, Patch } from '../../graph/index.ts';

/** More than this of one sort are counted, not named. */
const NAMED = 3;

export function changeWords(board: Board, patch: Patch): string {
  const sentences: string[] = [];
  const say = (names: readonly string[], what: string, many: string) => {
    if (names.length === 0) return;
    sentences.push(names.length <= NAMED ? `${names.join(', ')} ${what}` : `${names.length} ${many} ${what}`);
  };
  const { nodes, edges, marks, notes, groups } = patch;
  const nameOf = (id: Id) => board.nodes[id]?.name ?? nodes?.removed?.[id]?.name ?? 'a part';
  const ends = ({ source, target }: { source: Id; target: Id }) => `${nameOf(source)} to ${nameOf(target)}`;
  const updated = Object.values(nodes?.updated ?? {});
  const moved = updated.filter(([from, to]) => from.position !== to.position && from.name === to.name);
  const renamed = updated.filter(([from, to]) => from.name !== to.name);
  const other = updated.filter(([from, to]) => from.position === to.position && from.name === to.name);

  say(
    Object.values(nodes?.added ?? {}).map(({ kind, name }) => `${kind} ${name}`),
    'added',
    'parts',
  );
  say(Object.values(edges?.added ?? {}).map(ends), 'connected', 'edges');
  say(
    Object.values(nodes?.removed ?? {}).map(({ name }) => name),
    'removed',
    'parts',
  );
  if (!nodes?.removed) say(Object.values(edges?.removed ?? {}).map(ends), 'disconnected', 'edges');
  say(
    renamed.map(([from, to]) => `${from.name} is now ${to.name}`),
    '',
    'parts renamed',
  );
  say(
    moved.map(([, to]) => to.name),
    'moved',
    'parts',
  );
  say(
    other.map(([, to]) => to.name),
    'changed',
    'parts',
  );
  const marked = [
    ...Object.values(marks?.added ?? {}),
    ...Object.values(marks?.updated ?? {}).map(([, to]) => to),
  ];
  say(
    marked.map(({ subject, status }) => {
      const edge = board.edges[subject.id];
      return `${subject.type === 'edge' && edge ? ends(edge) : nameOf(subject.id)} ${status}`;
    }),
    '',
    'marks set',
  );
  say(
    Object.keys(marks?.removed ?? {}).map(() => 'mark'),
    'taken off',
    'marks',
  );
  say(
    Object.values(groups?.added ?? {}).map(({ name }) => `group ${name}`),
    'added',
    'groups',
  );
  say(
    Object.keys(notes?.added ?? {}).map(() => 'note'),
    'added',
    'notes',
  );
  if (patch.title) sentences.push(`board is now called ${patch.title[1]}`);
  return sentences.map((sentence) => sentence.trim()).join('; ');
}
