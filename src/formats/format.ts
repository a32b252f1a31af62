/** What a format is to the registry, and what reading a file comes to. */
import type { Board, EpochMs, Fault, Id, Reading } from '../graph/index.ts';

export type FileInput = { name: string; bytes: Uint8Array };

/** What a pure reader can't have of itself. */
export type ReadContext = {
  /** Fresh ids for what the file names but has no id for. */
  newId(): Id;
  /** The time of reading, for what a file says without saying when. */
  now: EpochMs;
};

/**
 * Why a file can't be read. `path` is the place in it: a JSON path (`data.0.spans.3.startTime`), a
 * `line:column`, a PNG chunk; empty where the fault is the whole file's.
 */
export type FileFault = { file: string; path: string; reason: string };

export type Refusal = { ok: false; faults: FileFault[] };
export type Read =
  | {
      ok: true;
      /** Id of the format it was read as. */
      format: string;
      board: Board;
      readings: Reading[];
      /** What was mended, left out or thinned, in words. */
      repairs: Fault[];
      /** Written by a newer Chalkline: to look at, never to overwrite. */
      readOnly?: boolean;
      /** True: a board file, which opens as itself. False: a graph to add to a board. */
      whole: boolean;
      /** The file says where its parts stand; layout leaves them there. */
      placed?: boolean;
    }
  | Refusal;

/** A file after its wrapping (gzip, encoding, JSON syntax) is off and before anybody knows what it says. */
export type Opened =
  | { type: 'png'; bytes: Uint8Array }
  | { type: 'svg'; text: string }
  | {
      type: 'text';
      text: string;
      /** By its suffix. */
      isNamedSketch: boolean;
      /** It begins like JSON, and this is why it is none. */
      notJson?: { path: string; reason: string };
    }
  | {
      type: 'json';
      /** One value, or one a line. */
      values: unknown[];
      /** The lines that they begin in, from 1. */
      lines: readonly number[];
      /** Length of the text, and how deep its brackets go. */
      size: number;
      depth: number;
    };

export type Format = {
  id: string;
  /** As people call it. */
  name: string;
  /** With the dot, lower case. */
  suffixes: readonly string[];
  recognises(opened: Opened): boolean;
  read?(opened: Opened, file: string, context: ReadContext): Read;
  write?(board: Board): string;
  /** What writing leaves out, in words; absent when nothing. */
  loses?: string;
};

export const refuse = (file: string, path: string, reason: string): Refusal => ({
  ok: false,
  faults: [{ file, path, reason }],
});

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the worker is asked, and what it answers. */
export type ReadRequest = {
  id: number;
  file: FileInput;
  /** Start of every id the file is given; must be random enough to be the only one of its kind. */
  seed: string;
};
export type ReadReply = { id: number; read: Read };
