/** Foreign text is read in a worker, so that a large trace never holds up the page. */
import {
  type AnswersReply,
  type AnswersRequest,
  describeFaults,
  type ReadProgress,
  type ReadReply,
  type ReadRequest,
} from '../formats/index.ts';
import type { TraceReader } from '../telemetry/index.ts';

export type Run<T> = {
  /** Null when it was cancelled. */
  done: Promise<T | null>;
  cancel: () => void;
};

/** Kept for the next time: starting a worker takes longer than reading most files. */
let idle: Worker | null = null;

function takeWorker(): Worker {
  const worker = idle ?? new Worker(new URL('../formats/worker.ts', import.meta.url), { type: 'module' });
  idle = null;
  return worker;
}

function putBack(worker: Worker): void {
  idle?.terminate();
  idle = worker;
}

/**
 * The bytes are handed over for good.
 * @param onProgress told how much is done, from 0 to 1, where that is known
 */
export function readInWorker(request: ReadRequest, onProgress?: (done: number) => void): Run<ReadReply>;
export function readInWorker(request: AnswersRequest): Run<AnswersReply>;
export function readInWorker(
  request: ReadRequest | AnswersRequest,
  onProgress?: (done: number) => void,
): Run<unknown> {
  const worker = takeWorker();
  let cancel = () => {};
  const done = new Promise<unknown>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ReadReply | AnswersReply | ReadProgress>) => {
      if ('done' in data) return onProgress?.(data.done);
      putBack(worker);
      cancel = () => {};
      resolve(data);
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(event.message || 'The reader could not be started.'));
    };
    cancel = () => {
      worker.terminate();
      resolve(null);
    };
  });
  const all = 'files' in request ? request.files.map(({ bytes }) => bytes) : request.answers.bodies;
  worker.postMessage(
    request,
    all.map(({ buffer }) => buffer),
  );
  return { done, cancel: () => cancel() };
}

/** The `TraceReader` of the page. */
export const readTraces: TraceReader = async (answers, signal) => {
  const { done, cancel } = readInWorker({ id: 0, answers });
  signal.addEventListener('abort', cancel);
  try {
    const reply = await done;
    if (!reply) return { ok: false, reason: 'was not read to the end' };
    const { answered } = reply;
    if (answered.ok) return { ok: true, value: answered };
    // The name of who answered stands before it already.
    const said = describeFaults(answered.faults).slice(answers.provenance.label.length + 1, -1);
    return { ok: false, reason: `answered, but that ${said}` };
  } catch (error) {
    return { ok: false, reason: `could not be read: ${error instanceof Error ? error.message : error}` };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
};
