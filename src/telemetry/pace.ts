/** Long work in slices, so that the page stays responsive while it is done. */
import type { Milliseconds } from '../graph/index.ts';
import type { Env } from './source.ts';

const SLICE: Milliseconds = 12;

/** Called between pieces of work: gives way once a slice is used up. */
export type Pace = () => Promise<void>;

/** Several works may share one pace: each gets its slice in turn, one in a task. */
export function createPace(env: Pick<Env, 'now' | 'schedule'>): Pace {
  let since = env.now();
  let queue = Promise.resolve();
  const turn = () =>
    new Promise<void>((resume) =>
      env.schedule(() => {
        since = env.now();
        resume();
      }, 0),
    );
  return () => {
    if (env.now() - since < SLICE) return Promise.resolve();
    queue = queue.then(turn);
    return queue;
  };
}
