/** What a reader promises of any file, be it spoilt in whatever way. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeFaults,
  embedInPng,
  embedInSvg,
  FORMATS,
  type Format,
  parseJson,
  type Read,
  readFile,
} from '../../src/formats/index.ts';
import {
  applyPatch,
  type Board,
  importGraph,
  loadBoard,
  readingSchema,
  serializeBoard,
} from '../../src/graph/index.ts';
import { drawnBoard } from '../arbitraries/drawn.ts';
import { bytesOf, drop, fixture, opened } from './drop.ts';
import { places, SPOILS } from './spoils.ts';

/** Of a processor's time, which is the same on a busy machine. Microseconds. */
const SLOWEST = 5_000_000;

const deepFrozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFrozen);
  return value;
};
const BOARD = deepFrozen(opened('shop.board.json', fixture('shop.board.json')).board);
const WHOLE = serializeBoard(BOARD);

/**
 * An answer in time, which is a valid board or a refusal that names the file and says why; what is read can be brought onto
 * a board, and the board that it is brought onto stays as it was.
 */
export function expectAnswered(name: string, bytes: Uint8Array, from?: string): Read {
  let count = 0;
  const newId = () => `new-${count++}`;
  const start = process.cpuUsage();
  const read = readFile({ name, bytes }, { newId, now: 0 }, from);
  const { user, system } = process.cpuUsage(start);
  expect(user + system, 'of processor time').toBeLessThan(SLOWEST);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  // what is in a zip is called by its own name
  expectRead(bytes[0] === 0x50 ? '' : name, read, newId);
  return read;
}

/** @param name of the file that faults are of; empty where it may be any of several */
export function expectRead(name: string, read: Read, newId: () => string): void {
  if (read.ok) expectBoard(read, newId);
  else expectRefusal(name, read);
}

function expectBoard({ board, readings, requests }: Extract<Read, { ok: true }>, newId: () => string): void {
  const again = loadBoard(JSON.parse(serializeBoard(board)), 'x');
  expect(again).toEqual({ ok: true, board, repairs: [] });
  for (const reading of readings) expect(readingSchema.safeParse(reading).success).toBe(true);
  const { refused } = applyPatch(BOARD, importGraph(BOARD, { graph: board, readings, requests, newId }));
  expect(refused).toEqual([]);
  expect(serializeBoard(BOARD)).toBe(WHOLE);
}

function expectRefusal(name: string, { faults }: Extract<Read, { ok: false }>): void {
  expect(faults.length).toBeGreaterThan(0);
  for (const { file, path, reason } of faults) {
    expect(file).toContain(name);
    expect(typeof path).toBe('string');
    // the last resort of the reader, and what slips out of a program that did not look
    expect(reason).not.toMatch(/^$|could not be read|undefined|is not a function|call stack|\[object /);
  }
  expect(describeFaults(faults)).toContain(faults[0]!.file);
}

type Good = { name: string; bytes: Uint8Array };

const FOLDERS = ['foreign', 'formats'].map((folder) => new URL(`../fixtures/${folder}/`, import.meta.url));
const onDisk = (): Good[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, folder))) })),
  );

const written = ({ id, suffix, suffixes, write }: Format, boards: readonly Board[]): Good[] =>
  boards.flatMap((board) => {
    const name = `written${suffix ?? suffixes[0]}`;
    if (id === 'png') return { name, bytes: embedInPng(fixture('pixels.png'), board) };
    if (id === 'svg') return { name, bytes: bytesOf(embedInSvg('<svg><g/></svg>', board)) };
    return write ? { name, bytes: bytesOf(write(board)) } : [];
  });

/** By the id of their format: what others wrote, and what is written here of random boards. */
function goodFiles(formats: readonly Format[], seed: number): ReadonlyMap<string, readonly Good[]> {
  const boards = fc.sample(drawnBoard, { seed, numRuns: 6 });
  const found = Map.groupBy(onDisk(), ({ name, bytes }) => {
    const read = drop(name, bytes);
    return read.ok ? read.format : '';
  });
  return new Map(
    formats.map((format) => [format.id, [...(found.get(format.id) ?? []), ...written(format, boards)]]),
  );
}

type Holder = Record<string, unknown>;

const SUFFIXES = [...new Set(FORMATS.flatMap(({ suffixes }) => suffixes))];
const IDS = FORMATS.filter(({ read, readMany }) => read ?? readMany).map(({ id }) => id);

/** As itself, under another name, or as what it is not. */
const called = ({ name }: Good) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant({ name, from: undefined }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('', '.zip', ...SUFFIXES)
        .map((suffix) => ({ name: `x${suffix}`, from: undefined })),
    },
    { weight: 1, arbitrary: fc.constantFrom(...IDS).map((from) => ({ name, from })) },
  );

/** Spoils good files of these formats, 10,000 over all that there are, and expects an answer for each. */
export function expectAnswersOf(formats: readonly Format[]): void {
  const good = goodFiles(formats, Math.floor(Math.random() * 2 ** 31));
  describe.each([...good])('%s', (id, files) => {
    it('reads good files', () => {
      expect(files.length).toBeGreaterThan(0);
      for (const { name, bytes } of files)
        expect(expectAnswered(name, bytes), name).toMatchObject({ ok: true, format: id });
    });
    it('takes no value for text that can’t be made one', () => {
      for (const { name, bytes } of files) {
        const json = parseJson(new TextDecoder().decode(bytes));
        const tried = new Set<string>();
        for (const path of json.ok ? places(json.value) : []) {
          const like = path.join('.').replace(/\d+/g, '#');
          if (tried.has(like)) continue;
          tried.add(like);
          const odd = structuredClone(json.ok && json.value) as Holder;
          const holder = path.slice(0, -1).reduce((inside, key) => inside[key] as Holder, odd);
          holder[path.at(-1)!] = { toString: 1 };
          expectAnswered(name, bytesOf(JSON.stringify(odd)));
        }
      }
    });
    it('answers for what has become of them', () => {
      const spoilt = fc
        .constantFrom(...files)
        .chain((file) =>
          fc.tuple(
            ...[fc.constant(file), called(file)],
            fc.uniqueArray(fc.constantFrom(...Object.keys(SPOILS)), { minLength: 1, maxLength: 3 }),
            fc.gen(),
          ),
        );
      fc.assert(
        fc.property(spoilt, ([{ bytes }, { name, from }, hows, draw]) => {
          expectAnswered(
            name,
            hows.reduce((now, how) => SPOILS[how]!(now, draw), bytes),
            from,
          );
        }),
        { numRuns: Math.ceil(10_000 / IDS.length), endOnFailure: true },
      );
    });
  });
}
