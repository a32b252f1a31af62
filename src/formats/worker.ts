/**
 * Module worker: reads files, or the answers of one trace back end, a message, so that a large trace never
 * holds up the page. Created by the app with
 * `new Worker(new URL('../formats/worker.ts', import.meta.url), { type: 'module' })`.
 */
import type { ReadProgress, ReadReply, ReadRequest } from './format.ts';
import { readFiles } from './index.ts';
import { type AnswersReply, type AnswersRequest, readAnswers } from './trace/answer.ts';

/** Progress is told no more often, ms. */
const TELL_EVERY = 100;

self.onmessage = ({ data }: MessageEvent<ReadRequest | AnswersRequest>) => {
  if ('answers' in data) {
    const reply: AnswersReply = { id: data.id, answered: readAnswers(data.answers) };
    return self.postMessage(reply);
  }
  let count = 0;
  const newId = () => `${data.seed}-${(count++).toString(36)}`;
  let told = performance.now();
  const progress = (done: number) => {
    if (performance.now() - told < TELL_EVERY) return;
    told = performance.now();
    self.postMessage({ id: data.id, done } satisfies ReadProgress);
  };
  const reply: ReadReply = {
    id: data.id,
    reads: readFiles(data.files, { newId, now: Date.now(), progress }),
  };
  self.postMessage(reply);
};
