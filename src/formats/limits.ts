/**
 * How much a foreign file may hold, so that none can exhaust the page that reads it. Bytes, except where
 * said otherwise.
 */
export const MOST = {
  /** Of a file, and of what its gzip wrapping may unpack to: a large trace export. */
  file: 50_000_000,
  /** How many files of a folder or zip. */
  files: 5_000,
  /** Of a board's JSON text, or of the deflated board in a picture. */
  board: 5_000_000,
  /** Of the unpacked board in a picture. */
  unpackedBoard: 8_000_000,
  /** Nested brackets in a board file. */
  boardDepth: 32,
  /** Nested brackets in any JSON. Jaeger exports with spans nested in references go to 32. */
  depth: 64,
  /** Characters of a sketch. */
  sketch: 1_000_000,
  /** Characters of a diagram: Mermaid, DOT, D2, Structurizr, LikeC4. */
  diagram: 5_000_000,
  /** Lines of an access log: as many as a file of short ones can hold. */
  lines: 1_000_000,
  /** Drawn from one trace file: what a person, or the layout, could still look at. */
  nodes: 5_000,
  edges: 20_000,
} as const;

/** `50 MB`. */
export const megabytes = (bytes: number): string => `${Math.round(bytes / 100_000) / 10} MB`;
