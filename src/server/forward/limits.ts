/** What forwarding may take of this server and of who is asked, unless a target says otherwise. Bytes, milliseconds. */
export const MOST = {
  /** Of an answer, unpacked: as much as the page reads. */
  answer: 50 * 1024 * 1024,
  /** Of a question's form. */
  form: 1_000_000,
  /** Characters of a question's address. */
  query: 16_000,
  /** Questions to one target at one time, and those that wait for their turn. */
  atOnce: 4,
  waiting: 64,
} as const;

export const TIMES = {
  /** From when it is asked to the beginning of the answer. */
  answer: 15_000,
  /** Between two pieces of the answer. */
  silence: 10_000,
  /** For the whole of it. */
  whole: 60_000,
} as const;
