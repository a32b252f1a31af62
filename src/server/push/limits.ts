/** What pushed spans may take of this server, whoever pushes whatever. Bytes, unless said otherwise. */
import type { Milliseconds } from '../../graph/index.ts';

export const MOST = {
  /** Of one request's body as it comes, and after it is unpacked. */
  body: 8_000_000,
  unpacked: 16_000_000,
  /** Of all bodies that are being received or wait for their turn. */
  underWay: 64_000_000,
  /** Nested brackets in JSON. */
  depth: 64,
  /** Resources, scopes and spans in one request. */
  items: 100_000,
  /** Spans that are kept to be joined with others, and roughly what they take. */
  spans: 100_000,
  spanBytes: 64_000_000,
  /** Spans that are joined at once: of one trace, and of others that it links to. */
  trace: 5_000,
  /** Links of one span that are followed. */
  links: 16,
  /** Characters of a name or an attribute. */
  text: 200,
  /** Parts and edges that are told apart; names of one part; instances and operations of one part or edge. */
  parts: 1_000,
  hops: 3_000,
  names: 20,
  instances: 30,
  operations: 20,
  /** Series that are told apart, and roughly what their histograms take. */
  lines: 50_000,
  ringBytes: 96_000_000,
  /** Kinds of remarks. */
  notes: 50,
  /** Readings and moments in one answer. */
  readings: 20_000,
  frames: 1_000,
} as const;

/** How long spans are gathered and kept. */
export const TIMES = {
  /** A trace is taken as whole after so long without another span of it… */
  idle: 2_500,
  /** …or so long after its first. */
  longest: 10_000,
  /** Spans that come later than this still find the others of their trace. */
  kept: 60_000,
  /** What ended longer ago than this came late: it is counted when it was, not now. Ordinary batches take 5 s. */
  late: 15_000,
} as const satisfies Record<string, Milliseconds>;

export type Limits = { [name in keyof typeof MOST]: number };
