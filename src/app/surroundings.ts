/** What sources have to do with here: the page's clock and network, and its reader of traces. */
import { type Env, machine } from '../telemetry/index.ts';

export const surroundings: Env = {
  ...machine,
  async readTraces(...asked) {
    const { readTraces } = await import('./reader.ts');
    return readTraces(...asked);
  },
};
