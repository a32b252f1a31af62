import { afterEach, expect, test, vi } from 'vitest';
import type {
  AnswersReply,
  AnswersRequest,
  FilesRead,
  ReadReply,
  ReadRequest,
} from '../../src/formats/index.ts';
import { fixture } from './drop.ts';

afterEach(() => vi.unstubAllGlobals());

test('the worker answers each message under its id, with ids that begin with the seed', async () => {
  const replies: (ReadReply | AnswersReply)[] = [];
  const scope = {
    onmessage: (_: { data: ReadRequest | AnswersRequest }) => {},
    postMessage: (reply: ReadReply | AnswersReply) => replies.push(reply),
  };
  vi.stubGlobal('self', scope);
  await import('../../src/formats/worker.ts');
  const bytes = fixture('shop.jaeger.json');
  scope.onmessage({ data: { id: 7, seed: 'k3', files: [{ name: 'shop.jaeger.json', bytes }] } });
  scope.onmessage({ data: { id: 8, seed: 'q9', files: [{ name: 'x.json', bytes: new Uint8Array() }] } });
  const provenance = { source: 's', label: 'Jaeger', simulated: false };
  const answers = { format: 'jaeger' as const, bodies: [bytes], moments: [{ at: 1, window: 1 }], provenance };
  scope.onmessage({ data: { id: 9, answers } });
  expect(replies.map(({ id }) => id)).toEqual([7, 8, 9]);
  const [
    {
      reads: [{ read }],
    },
    {
      reads: [{ read: empty }],
    },
    { answered },
  ] = replies as [{ reads: [FilesRead] }, { reads: [FilesRead] }, AnswersReply];
  expect(answered.ok && answered.traces).toBeGreaterThan(0);
  expect(read.ok && Object.keys({ ...read.board.nodes, ...read.board.edges })).toEqual(
    Array.from({ length: 9 }, (_, i) => `k3-${i + 1}`),
  );
  expect(empty).toEqual({ ok: false, faults: [{ file: 'x.json', path: '', reason: 'the file is empty' }] });
});
