/** What came of bringing files, in words. Pure. */
import { describeFaults, type FileFault, type Read } from '../formats/index.ts';
import { type Board, edgeName, type Fault, type Patch, type Review } from '../graph/index.ts';
import type { ImportReview } from '../workspace/index.ts';

type Good = Extract<Read, { ok: true }>;

/** Each on a line. */
export const inWords = (faults: readonly (Fault & { file?: string })[]): string[] =>
  faults.map(({ file, path, reason }) => [file, path, reason].filter(Boolean).join(': '));

/** What of the files could not be read, and what is asked then; null where all could. */
export function leftOutOf(name: string, { partial = [], lost }: Good): ImportReview['leftOut'] {
  if (partial.length === 0 && !lost) return null;
  const faults = inWords(partial);
  if (!lost) return { text: `${describeFaults(partial)} The rest of ${name} can be taken.`, faults };
  const { count, of, what, example } = lost;
  const start = name === example.file ? '' : `${name}: `;
  const many = of === null ? counted(count, what.slice(0, -1), what) : `${count} of ${of} ${what}`;
  const rest = of === null ? 'The rest' : of - count === 1 ? 'The other one' : `The other ${of - count}`;
  return {
    text: `${start}${many} could not be read: ${inWords([example])[0]}. ${rest} can be taken.`,
    faults,
  };
}

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** One sentence of what the board has now that it had not, and line by line what traffic and drawing don't agree on. */
export function addedWords(
  name: string,
  graph: Board,
  { before, told, patch }: { before: Board; told: Review; patch: Patch },
): { text: string; details: string[] } {
  const { fresh, traffic } = told;
  const changed = told.changed.filter(({ fields }) => fields.some((field) => field !== 'origins'));
  const removed =
    Object.keys(patch.nodes?.removed ?? {}).length + Object.keys(patch.edges?.removed ?? {}).length;
  const said = [
    ...(fresh.nodes.length > 0 ? [`${fresh.nodes.length} of them new`] : []),
    ...(fresh.edges.length > 0 ? [counted(fresh.edges.length, 'new edge')] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
  ];
  const nodes = counted(Object.keys(graph.nodes).length, 'node');
  const text = `${name}: ${[nodes, ...(said.length > 0 ? said : ['nothing new: the board holds all of it'])].join(', ')}.`;
  if (!traffic) return { text, details: [] };
  const { confirmed, silent, undrawn } = traffic;
  const seen = [
    ...(confirmed.length > 0
      ? [`${counted(confirmed.length, 'drawn edge')} seen in traffic for the first time`]
      : []),
    ...(silent.length > 0 ? [`${counted(silent.length, 'drawn edge')} not seen in it`] : []),
    ...(undrawn.length > 0 ? [`${counted(undrawn.length, 'edge')} seen that nobody had drawn`] : []),
  ];
  return {
    text: seen.length > 0 ? `${text} ${capital(seen.join(', '))}.` : text,
    details: [
      ...silent.map((id) => `drawn, not seen: ${edgeName(before, id)}`),
      ...undrawn.map((id) => `seen, not drawn before: ${edgeName(graph, id)}`),
    ],
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const notRead = (faults: readonly FileFault[]): string =>
  `${describeFaults(faults)} Nothing has changed.`;
