/** What came of asking: the answer, or why there is none, as words that follow the name of who was asked. */
export type Outcome<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      reason: string;
      /** There is an answer, larger than may be read: asking for less may help. */
      tooMuch?: true;
    };

export const success = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failure = (reason: string): { ok: false; reason: string } => ({ ok: false, reason });
