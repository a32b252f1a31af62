/** ELK in a worker of its own, served as a file: the page's policy allows no blob workers and no eval. */
import ELK from 'elkjs/lib/elk-api.js';
import ElkWorker from 'elkjs/lib/elk-worker.min.js?worker';
import type { Elk } from './engine.ts';

export function createElk(onError: (reason: string) => void): Elk {
  const worker = new ElkWorker();
  worker.addEventListener('error', (event) => {
    onError(`The layout worker failed: ${event.message || 'it could not be loaded'}.`);
  });
  return new ELK({ workerFactory: () => worker });
}
