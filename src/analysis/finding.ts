import type { Subject } from '../graph/index.ts';

/**
 * What an analysis concludes, as data: of whom, which kind, and the numbers it rests on. Kinds are a union of literals
 * for each analysis, so that what is said of them (its `words`) can't forget one.
 */
export type Finding<Kind extends string, Facts extends object> = Readonly<
  { subject: Subject; kind: Kind } & Facts
>;
