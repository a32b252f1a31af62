/** Drops a file on the reader as the app does, with ids that count up. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type FileFault, type Read, readFile } from '../../src/formats/index.ts';
import type { BoardEdge, BoardNode, Metric, Reading } from '../../src/graph/index.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/formats/${name}`, import.meta.url)));

export function drop(name: string, content: string | Uint8Array): Read {
  let count = 0;
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  return readFile({ name, bytes }, { newId: () => `id-${count++}`, now: 0 });
}

export type Opened = Extract<Read, { ok: true }>;

export function opened(name: string, content: string | Uint8Array): Opened {
  const read = drop(name, content);
  if (!read.ok) expect.unreachable(`${name} was refused: ${JSON.stringify(read.faults)}`);
  return read as Opened;
}

export function refused(name: string, content: string | Uint8Array): FileFault {
  const read = drop(name, content);
  if (read.ok) expect.unreachable(`${name} was read as ${read.format}`);
  return (read as Extract<Read, { ok: false }>).faults[0]!;
}

/** `kind name` of every node, sorted. */
export const parts = ({ board }: Opened): string[] =>
  Object.values(board.nodes)
    .map(({ kind, name }) => `${kind} ${name}`)
    .sort();

const label = ({ kind, name }: BoardNode) =>
  kind === 'queue' || kind === 'topic' ? `${kind} ${name}` : name;

/** `source -kind-> target` of every edge, sorted. */
export const hops = ({ board }: Opened): string[] =>
  Object.values(board.edges)
    .map(
      ({ source, target, kind }) =>
        `${label(board.nodes[source]!)} -${kind}-> ${label(board.nodes[target]!)}`,
    )
    .sort();

export function edgeBetween({ board }: Opened, source: string, target: string): BoardEdge {
  const found = Object.values(board.edges).filter(
    (edge) => label(board.nodes[edge.source]!) === source && label(board.nodes[edge.target]!) === target,
  );
  expect(found.map(({ kind }) => kind)).toHaveLength(1);
  return found[0]!;
}

/** The one reading of a metric, over all instances and operations unless one is asked for; or undefined. */
export function readingOf(
  read: Opened,
  subject: string,
  metric: Metric,
  side: Reading['side'],
  instance: string | null = null,
  operation?: string,
): Reading | undefined {
  const found = read.readings.filter(
    (each) =>
      each.subject.id === subject &&
      each.metric === metric &&
      each.side === side &&
      each.instance === instance &&
      each.operation === operation,
  );
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0];
}
