/**
 * Access logs: what proxies write of each request → a graph with figures.
 *
 *   lines ─► layout (log_format, Envoy's, HAProxy's, a field map) ─► requests ─► parts, hops, series ─► figures
 *
 * One request, whatever wrote it. Durations are as the proxy's stopwatch had them.
 */
import type { Milliseconds } from '../../graph/index.ts';
import type { Stamp } from './time.ts';

export type Product = 'nginx' | 'Envoy' | 'HAProxy' | 'Traefik' | 'Caddy' | 'proxy';

/** One try at an upstream; where the first one failed, nginx makes several. */
export type Attempt = {
  /** What the configuration calls those that may answer; null where the log does not say. */
  upstream: string | null;
  /** The one that was asked: an address, or HAProxy's name of a server; null where the log does not say. */
  server: string | null;
  /** Null where it did not answer, or the log does not say. */
  took: Milliseconds | null;
  failed: boolean;
};

export type Request = {
  /** The time that is logged; null where there is none. */
  time: Stamp | null;
  /** Whether that is when the request came, or when it was done with. */
  stamped: 'begin' | 'end';
  /** What the proxy is called; null for as its product is. */
  proxy: string | null;
  /** From the first byte of the request to the last of the answer; null where the log does not say. */
  took: Milliseconds | null;
  /** Where it is not HTTP. */
  protocol?: 'TCP';
  /** `GET /carts/:id`; null where the request could not be read. */
  operation: string | null;
  outcome: Outcome;
  attempts: readonly Attempt[];
};

/**
 * What became of a request: `failed` is an answer of 500 and above, or none for the server's fault; `left` one that
 * the client gave up before it was answered; `switched` a connection that went on as something else (WebSocket), so
 * that its time is not that of a request.
 */
export type Outcome = 'answered' | 'failed' | 'left' | 'switched';

/** Nginx logs 499 for a client that left, and 000 where nothing was answered because of it. */
export function outcomeOf(status: number, clientLeft = status === 0 || status === 499): Outcome {
  if (status === 101) return 'switched';
  if (clientLeft) return 'left';
  return status >= 500 ? 'failed' : 'answered';
}

/** Seconds as written → ms, without what binary fractions add to it. */
export const inMilliseconds = (seconds: number): Milliseconds => Math.round(seconds * 1e9) / 1e6;

/** How a log is read: its entries are lines of text, or the values of lines of JSON. */
export type Layout<Entry> = {
  product: Product;
  /** In words, for whoever wants to know what was assumed. */
  name: string;
  /** How a time in the log is to be taken: "in whole ms". */
  note?: string;
  /** What a person should know of how it is read. */
  remark?: string;
  /** A request, or why there is none to be read; null where none is meant to be. */
  read(entry: Entry): Request | string | null;
};

/** What all layouts read with. */
export type Readers = {
  stamp(text: string): Stamp | null;
  operation(method: string, path: string): string;
};

const LONGEST_SHOWN = 40;
/** Of a foreign text as much as fits into a sentence. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);

/** How times are to be taken that are cut to whole ms, and ones that lie between two such. */
export const CUT = 'in whole ms, cut off: up to 1 ms more';
export const CUT_TWICE = 'in whole ms, up to 1 ms off';
