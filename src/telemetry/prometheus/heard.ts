/** Everything that is listened for: the dialects of traffic, then the instruments of parts. */
import type { Dialect } from './dialects/dialect.ts';
import { DIALECTS } from './dialects/index.ts';
import { instruments } from './instruments/index.ts';

export const HEARD: readonly Dialect[] = [...DIALECTS, instruments];

/**
 * Find any metric that one of them is recognised by. Instruments are asked for apart: some proxies pass no
 * address of more than 8 kB.
 */
export const MATCHES: readonly string[] = [DIALECTS, [instruments]].map(
  (all) => `{__name__=~${JSON.stringify(all.map(({ metrics }) => metrics).join('|'))}}`,
);
