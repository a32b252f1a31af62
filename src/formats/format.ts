/** What a format is to the registry, and what reading a file comes to. */
import type { Board, EpochMs, Fault, Id, Reading, Requests } from '../graph/index.ts';

/** `name` may be a path, with `/` between folders. */
export type FileInput = {
  name: string;
  bytes: Uint8Array;
  /** The folder or zip that a person named instead of the file: all that is in it is read as one system. */
  within?: string;
};

/** What a pure reader can't have of itself. */
export type ReadContext = {
  /** Fresh ids for what the file names but has no id for. */
  newId(): Id;
  /** The time of reading, for what a file says without saying when. */
  now: EpochMs;
  /** Told how much is done of the files that are read together, from 0 to 1. */
  progress?(done: number): void;
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
      /** Single requests, where it holds traces. */
      requests?: Requests;
      /** What was mended, left out or thinned, in words. */
      repairs: Fault[];
      /** Written by a newer Chalkline: to look at, never to overwrite. */
      readOnly?: boolean;
      /** True: a board file, which opens as itself. False: a graph to add to a board. */
      whole: boolean;
      /** The file says where its parts stand; layout leaves them there. */
      placed?: boolean;
      /** What of the files could not be read: the rest is taken when the person agrees. */
      partial?: FileFault[];
      /** How much could not be read, where it can be counted; single records are told among the `repairs`. */
      lost?: Lost;
      /** The files of no format that were made use of, of those that came along. */
      beside?: string[];
    }
  | Refusal;

/** `2 of 31 documents`, and what is wrong with one of them; of how many is null where that can't be said. */
export type Lost = {
  count: number;
  of: number | null;
  what: 'files' | 'documents' | 'records' | 'lines';
  example: Fault & { file?: string };
};

/** A file after its wrapping (gzip, encoding, JSON syntax) is off and before anybody knows what it says. */
export type Opened =
  | { type: 'png'; bytes: Uint8Array }
  | { type: 'xml'; text: string }
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

/** A file of a set, opened. */
export type OpenedFile = { file: string; opened: Opened };

/** What of a board a format may hold, in the words of its docs page. What it is to keep each is said in a test. */
export type Aspect =
  | 'names'
  | 'kinds'
  | 'technologies'
  | 'instances'
  | 'descriptions'
  | 'links'
  | 'config'
  | 'telemetry names'
  | 'edges'
  | 'edge kinds'
  | 'operations'
  | 'protocols'
  | 'groups'
  | 'places'
  | 'notes'
  | 'marks'
  | 'figures'
  | 'everything';

/**
 * One format, whole: what a person may bring and take, and how. Drop zone, paste, open dialog, command line and docs page
 * are made of these, so that a format is known everywhere or nowhere.
 */
export type Format = {
  id: string;
  /** As people call it. */
  name: string;
  /**
   * How its files' names end, lower case: `.json`, or a whole name such as `compose.yaml`. A suffix that no other format
   * has makes a file of it even where the content is too broken to be recognised.
   */
  suffixes: readonly string[];
  /** What it reads, for the docs page and the command line: one or two sentences. */
  reads?: string;
  /** What it writes, likewise. */
  writes?: string;
  /** What of a board comes back from what it wrote; a property test holds it to that. */
  keeps?: readonly Aspect[];
  /** What writing leaves out, in words; absent when nothing. */
  loses?: string;
  /** Of what it writes: `text/plain` unless said. */
  mediaType?: string;
  /** The suffix of what it writes: the first of `suffixes` unless said. */
  suffix?: string;
  /** By a look at the content that is cheap: a file that breaks further on is still of its format, which then says where. */
  recognises(opened: Opened, file: string): boolean;
  read?(opened: Opened, file: string, context: ReadContext): Read;
  /**
   * Reads files that belong together: overrides, a folder of manifests. `own` are those that it recognises, in the order
   * they were given; `beside` is what came along and is of no format: `.env`, mounted configuration.
   */
  readMany?(own: readonly OpenedFile[], beside: readonly OpenedFile[], context: ReadContext): Read;
  write?(board: Board): string;
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
  files: FileInput[];
  /** Start of every id that files are given; must be random enough to be the only one of its kind. */
  seed: string;
};
/** What comes before it, for what takes long. */
export type ReadProgress = { id: number; done: number };
export type ReadReply = { id: number; reads: FilesRead[] };

/** What came of one file, or of several that are read together. */
export type FilesRead = {
  files: string[];
  /** What it was taken for; null where nothing is known of it, and where it holds several. */
  taken: { id: string; suffix: string } | null;
  read: Read;
};

/** The suffix of the files that it writes; empty for what is only put into the clipboard. */
export const suffixOf = ({ suffix, suffixes }: Format): string => suffix ?? suffixes[0] ?? '';
