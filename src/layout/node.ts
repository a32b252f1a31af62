/** ELK inside this process, for Node. It cannot be interrupted here; an answer that nobody waits for is dropped. */
import ELK from 'elkjs/lib/elk.bundled.js';
import type { Elk } from './engine.ts';

export function createElk(): Elk {
  const elk = new ELK();
  return { layout: (graph) => elk.layout(graph), terminateWorker: () => {} };
}
