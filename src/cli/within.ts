/**
 * Files of folders are read by their names within, so that they find each other, and told of by their names from where the
 * person is: else those of one name in two folders would be one file, and one would take the place of the other.
 */
import type { FileInput, FilesRead } from '../formats/index.ts';
import type { Board, Origin, Reading } from '../graph/index.ts';

/** What came of each folder, with the folder's name before those of its files. */
export function namedFromHere(reads: readonly FilesRead[], files: readonly FileInput[]): FilesRead[] {
  const folders = Map.groupBy(files, ({ within }) => within);
  return reads.map((each) => {
    const folder = each.files[0]!;
    const inside = folders.get(folder);
    return inside && folder !== '.' ? withNames(each, folder, new Set(inside.map(({ name }) => name))) : each;
  });
}

function withNames(each: FilesRead, folder: string, inside: ReadonlySet<string>): FilesRead {
  const { read } = each;
  const named = (file: string) => (inside.has(file) ? `${folder}/${file}` : file);
  const faults = <T extends { file: string }>(all: readonly T[]): T[] =>
    all.map((fault) => ({ ...fault, file: named(fault.file) }));
  if (!read.ok) return { ...each, read: { ...read, faults: faults(read.faults) } };
  const board = withOrigins(read.board, named);
  const readings = read.readings.map((reading) => withSource(reading, named));
  const partial = read.partial && { partial: faults(read.partial) };
  return { ...each, read: { ...read, ...partial, board, readings } };
}

function withOrigins(board: Board, named: (file: string) => string): Board {
  const each = <T extends { origins?: Origin[] | undefined }>(records: Record<string, T>) =>
    Object.fromEntries(
      Object.entries(records).map(([id, record]) => {
        const origins = record.origins?.map((origin) => ({ ...origin, from: named(origin.from) }));
        return [id, origins ? { ...record, origins } : record];
      }),
    );
  return { ...board, nodes: each(board.nodes), edges: each(board.edges) };
}

/** `trace file monday.json`, of `file:monday.json`. */
function withSource(reading: Reading, named: (file: string) => string): Reading {
  const { provenance } = reading;
  const file = /^file:(.+)$/s.exec(provenance.source)?.[1];
  if (file === undefined || named(file) === file) return reading;
  const label = provenance.label.endsWith(file)
    ? `${provenance.label.slice(0, -file.length)}${named(file)}`
    : provenance.label;
  return { ...reading, provenance: { ...provenance, source: `file:${named(file)}`, label } };
}
