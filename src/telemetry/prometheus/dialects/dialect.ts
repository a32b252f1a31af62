/** What a dialect is: a way of naming metrics that tell of traffic. */
import type { Milliseconds } from '../../../graph/index.ts';
import type { Pace } from '../../pace.ts';
import type { Series } from '../answer.ts';
import type { Seen } from '../traffic.ts';

export interface Dialect {
  /** What a person calls it. */
  readonly name: string;
  /** Which metric names to look for: a regular expression, anchored at both ends (RE2 and JavaScript alike). */
  readonly metrics: string;
  /** What to ask where these metrics exist; null where none of them is this dialect's. */
  listen(names: readonly string[], scope: Scope): Listening | null;
}

export type Scope = {
  window: Milliseconds;
  /** Only traffic between parts of these names; all when null. */
  only: Only | null;
};
export type Only = readonly string[];

export type Answers = Readonly<Record<string, readonly Series[]>>;

export type Listening = {
  /** PromQL by key, one question per metric family, however many edges there are. */
  questions: Readonly<Record<string, string>>;
  /** True where a question that is refused is told, and the others are answered all the same. */
  optional?: boolean;
  /** Answers by the same keys → what they tell. */
  read(answers: Answers, pace: Pace): Promise<Seen>;
};
