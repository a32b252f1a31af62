/**
 * Files of any known kind, alone or together.
 *
 *   zip ─► files ─► open ─► sort by the format that recognises each ─► a reading of each file, or of all that a format
 *                                                                      reads together; a folder's are joined to one
 */
import {
  type FileInput,
  type FilesRead,
  type Format,
  type Opened,
  type OpenedFile,
  type Read,
  type ReadContext,
  type Refusal,
  refuse,
} from './format.ts';
import { joinReads } from './join.ts';
import { openFile } from './open.ts';
import { FORMATS, formatOf, formatsNamed } from './registry.ts';
import { isWorthReading, isZip, unzip } from './zip.ts';

/**
 * Reads files, each recognised by what is in it, or all as the one format that is asked for. Never throws.
 * @param from id of that format
 * @returns what came of each file, of files that are read together, or of a folder or zip as a whole; in their order
 */
export function readFiles(files: readonly FileInput[], context: ReadContext, from?: string): FilesRead[] {
  const stated = from === undefined ? null : formatOf(from);
  if (stated === undefined) return files.map(refused(`there is no format “${from}”`));
  if (stated && !canRead(stated)) return files.map(refused(`${stated.name} is written here, and not read`));
  const zips = files.filter(({ within, bytes }) => within === undefined && isZip(bytes));
  const loose = files.filter((file) => file.within === undefined && !zips.includes(file));
  const folders = Map.groupBy(files, ({ within }) => within ?? '');
  folders.delete('');
  const reads = [
    ...readLoose(loose, stated, context),
    ...zips.map((zip): FilesRead => {
      const { name } = zip;
      const unpacked = unzip(zip);
      return {
        files: [name],
        taken: null,
        read: unpacked.ok ? readFolder(name, unpacked.files, stated, context) : unpacked,
      };
    }),
    ...[...folders].map(([name, inside]): FilesRead => {
      return { files: [name], taken: null, read: readFolder(name, inside, stated, context) };
    }),
  ];
  const order = files.map(({ name, within }) => within ?? name);
  return reads.sort((a, b) => order.indexOf(a.files[0]!) - order.indexOf(b.files[0]!));
}

/** Reads one file, of any known format or of the one that is asked for. A zip's files become one board. Never throws. */
export function readFile(file: FileInput, context: ReadContext, from?: string): Read {
  return readFiles([file], context, from)[0]!.read;
}

const refused =
  (reason: string) =>
  ({ name }: FileInput): FilesRead => ({ files: [name], taken: null, read: refuse(name, '', reason) });

const canRead = ({ read, readMany }: Format): boolean => (read ?? readMany) !== undefined;

/** What a person pointed at is of a known kind by its content, whatever it is called; or that is told. */
function readLoose(files: readonly FileInput[], stated: Format | null, context: ReadContext): FilesRead[] {
  const { known, unknown, faulty } = sortOut(
    files,
    (opened, file) => stated ?? recognised(opened, file, FORMATS),
    context,
  );
  const reads = readKnown(known, unknown, context);
  const used = usedIn(reads);
  const strangers = unknown.filter(({ file }) => !used.has(file));
  return [
    ...reads,
    ...faulty,
    ...strangers.map(({ file, opened }) => ({
      files: [file],
      taken: null,
      read: unrecognised(opened, file),
    })),
  ];
}

/** Suffixes that are one format's alone here, and of much else in the world. */
const ANYTHING = /\.(?:md|markdown|csv|tsv|log|txt)$/i;

/** What nobody pointed at may be anything: text is only taken for what it is also named like, and the rest is counted. */
function readFolder(
  folder: string,
  files: readonly FileInput[],
  stated: Format | null,
  context: ReadContext,
): Read {
  const worth = files.filter(({ name, bytes }) => isWorthReading(name) && bytes.length > 0);
  const { known, unknown, faulty } = sortOut(
    worth,
    (opened, file) => {
      // prose may look like a sketch; nothing looks like a trace
      const named = opened.type === 'text' ? formatsNamed(file) : FORMATS;
      if (stated) return named.includes(stated) ? stated : undefined;
      return recognised(
        opened,
        file,
        ANYTHING.test(file) ? named.filter((each) => each.recognises(opened, file)) : named,
      );
    },
    context,
  );
  const reads = readKnown(known, unknown, context);
  const meant = faulty.filter(({ files: [file] }) => formatsNamed(file!).length > 0);
  const left = worth.length - usedIn(reads).size - meant.length;
  const all = [...reads, ...meant];
  if (all.length === 0)
    return refuse(folder, '', `holds no file of a kind that can be read here, of ${worth.length}`);
  const read = joinReads(all, folder, context);
  if (read.ok && left > 0)
    read.repairs.push({ path: '', reason: `files of no kind that is read here, left alone: ${left}` });
  return read;
}

const usedIn = (reads: readonly FilesRead[]): ReadonlySet<string> =>
  new Set(reads.flatMap(({ files, read }) => [...files, ...((read.ok && read.beside) || [])]));

type Sorted = { known: Map<Format, OpenedFile[]>; unknown: OpenedFile[]; faulty: FilesRead[] };

function sortOut(
  files: readonly FileInput[],
  formatFor: (opened: Opened, file: string) => Format | undefined,
  { progress }: ReadContext,
): Sorted {
  const sorted: Sorted = { known: new Map(), unknown: [], faulty: [] };
  for (const [i, file] of files.entries()) {
    // opening them is the one half, reading what is in them the other
    progress?.(i / files.length / 2);
    const { name } = file;
    const opening = openFile(file);
    if (!opening.ok) {
      sorted.faulty.push({ files: [name], taken: null, read: opening });
      continue;
    }
    const { opened } = opening;
    const format = formatFor(opened, name);
    if (!format) sorted.unknown.push({ file: name, opened });
    else sorted.known.set(format, [...(sorted.known.get(format) ?? []), { file: name, opened }]);
  }
  return sorted;
}

/** By what is in it; failing that, by a suffix that is one format's alone. */
function recognised(opened: Opened, file: string, among: readonly Format[]): Format | undefined {
  const named = formatsNamed(file);
  return (
    among.find((format) => canRead(format) && format.recognises(opened, file)) ??
    (named.length === 1 && among.includes(named[0]!) ? named[0] : undefined)
  );
}

function readKnown(
  known: Sorted['known'],
  unknown: readonly OpenedFile[],
  context: ReadContext,
): FilesRead[] {
  const all = [...known.values()].reduce((sum, own) => sum + own.length, 0);
  let read = 0;
  const told = (count: number) => context.progress?.((1 + (read += count) / all) / 2);
  return [...known].flatMap(([format, own]): FilesRead[] => {
    const { id, readMany, suffixes } = format;
    const taken = { id, suffix: suffixes[0] ?? '' };
    if (readMany) {
      const files = own.map(({ file }) => file);
      const answer = guarded(files[0]!, () => readMany(own, unknown, context));
      told(own.length);
      return [{ files, taken, read: answer }];
    }
    return own.map(({ file, opened }) => {
      const answer = guarded(file, () => format.read!(opened, file, context));
      told(1);
      return { files: [file], taken, read: answer };
    });
  });
}

/** A fault in the reader, not in the file; the person who brought the file still gets an answer. */
function guarded(file: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    return refuse(file, '', `could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** In words that tell what it was taken for, and what would have been known. */
function unrecognised(opened: Opened, file: string): Refusal {
  const named = (is: (format: Format) => boolean) =>
    FORMATS.filter((format) => canRead(format) && is(format))
      .map(({ name }) => name)
      .join(', ');
  const isJson = ({ suffixes, mediaType }: Format) => /json/.test(`${suffixes.join()} ${mediaType}`);
  const isText = (format: Format) =>
    (!isJson(format) || format.suffixes.includes('.yaml')) && !/image|xml/.test(format.mediaType ?? '');
  switch (opened.type) {
    case 'json':
      return refuse(file, '', `is JSON, but of no kind that can be read here (${named(isJson)})`);
    case 'xml':
      return refuse(file, '1:1', 'is XML, but of no kind that can be read here');
    case 'png':
      return refuse(file, '', 'is a PNG of no kind that can be read here');
    case 'text': {
      if (opened.notJson) return refuse(file, opened.notJson.path, opened.notJson.reason);
      const texts = named((format) => isText(format) && format.id !== 'sketch');
      const reason = `is neither JSON, XML nor PNG, nor text of a kind that can be read here (${texts}), nor a sketch such as checkout -> payments`;
      return refuse(file, '1:1', reason);
    }
  }
}
