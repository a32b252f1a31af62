/**
 * Module worker: reads one file a message, so that a large trace never holds up the page. Created by the
 * app with `new Worker(new URL('../formats/worker.ts', import.meta.url), { type: 'module' })`.
 */
import { type FileInput, type Read, readFile } from './index.ts';

export type ReadRequest = {
  id: number;
  file: FileInput;
  /** Start of every id the file is given; must be random enough to be the only one of its kind. */
  seed: string;
};
export type ReadReply = { id: number; read: Read };

self.onmessage = ({ data }: MessageEvent<ReadRequest>) => {
  let count = 0;
  const newId = () => `${data.seed}-${(count++).toString(36)}`;
  const reply: ReadReply = { id: data.id, read: readFile(data.file, { newId }) };
  self.postMessage(reply);
};
