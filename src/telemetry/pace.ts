/** Long work in slices, so that the page stays responsive while it is done. */
import type { Milliseconds } from '../graph/index.ts';
import type { Env } from './source.ts';

const SLICE: Milliseconds = 12;

/** Called between pieces of work: gives way once a slice is used up. */
export type Pace = () => Promise<void>;

export function createPace(env: Pick<Env, 'now' | 'schedule'>): Pace {
  let since = env.now();
  return async () => {
    if (env.now() - since < SLICE) return;
    await new Promise<void>((resume) => env.schedule(resume, 0));
    since = env.now();
  };
}
