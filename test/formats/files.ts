/** Drops several files at once, as a folder or a selection of them is. */
import { expect } from 'vitest';
import { type FileFault, readFiles } from '../../src/formats/index.ts';
import type { Board } from '../../src/graph/index.ts';
import { bytesOf, type Opened } from './drop.ts';

type Files = Readonly<Record<string, string>>;

function readAll(files: Files) {
  let count = 0;
  const inputs = Object.entries(files).map(([name, text]) => ({ name, bytes: bytesOf(text) }));
  const reads = readFiles(inputs, { newId: () => `id-${count++}`, now: 0 });
  expect(reads.map((read) => read.files)).toHaveLength(1);
  return reads[0]!.read;
}

/** What files that are read together come to. */
export function openedAll(files: Files): Opened {
  const read = readAll(files);
  if (!read.ok) return expect.unreachable(`refused: ${JSON.stringify(read.faults)}`);
  return read;
}

export function refusedAll(files: Files): FileFault[] {
  const read = readAll(files);
  return read.ok ? expect.unreachable(`was read as ${read.format}`) : read.faults;
}

/** What a folder comes to, in which there may be what nobody reads. */
export function openedFolder(within: string, files: Files): Opened {
  let count = 0;
  const inputs = Object.entries(files).map(([name, text]) => ({ name, within, bytes: bytesOf(text) }));
  const [found] = readFiles(inputs, { newId: () => `id-${count++}`, now: 0 });
  if (!found?.read.ok) return expect.unreachable(`refused: ${JSON.stringify(found?.read)}`);
  return found.read;
}

/** `stated web -> db` of every edge and each of its origins, with the place; sorted. */
export function told({ board }: { board: Board }): string[] {
  return Object.values(board.edges)
    .flatMap(({ source, target, kind, origins = [] }) => {
      const words = `${board.nodes[source]!.name} -${kind}-> ${board.nodes[target]!.name}`;
      return origins.map(({ how, from, at }) => `${words} ${how} ${from} ${at}`);
    })
    .sort();
}

export const remarks = ({ repairs }: Opened): string[] =>
  repairs.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`));

export const nodeNamed = ({ board }: { board: Board }, name: string) => {
  const found = Object.values(board.nodes).filter((node) => node.name === name);
  expect(found, name).toHaveLength(1);
  return found[0]!;
};
