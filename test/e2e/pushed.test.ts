/** A service is pointed at the server that serves the page: its edges come alive, and what was is still there. */
import { expect, it } from 'vitest';
import { type Board, emptyBoard, serializeBoard } from '../../src/graph/index.ts';
import { asProtobuf } from '../server/otlp-encoder.ts';
import { visit } from '../server/shop.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

function board(): Board {
  const shop = emptyBoard('pushed', 'Pushed');
  for (const [i, name] of ['gateway', 'orders'].entries())
    shop.nodes[name] = { id: name, name, kind: 'service', position: [i * 400, 0] };
  shop.edges.call = { id: 'call', source: 'gateway', target: 'orders', kind: 'call' };
  shop.sources.otlp = { id: 'otlp', type: 'pushed', name: 'Pushed spans', interval: 1000, window: 60_000 };
  return shop;
}

let n = 0;
async function push({ url }: Chalkline, took: number): Promise<void> {
  const spans = Array.from({ length: 50 }, () => visit({ n: n++, end: Date.now(), took })).flat();
  const answer = await fetch(new URL('/v1/traces', url), {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: new Uint8Array(asProtobuf(spans)),
  });
  expect(answer.status).toBe(200);
}

it('shows on the edges what an SDK sends, and what it sends next', async () => {
  const chalkline = await open();
  await chalkline.importFile({ name: 'pushed.json', content: serializeBoard(board()) });
  await chalkline.edge('gateway', 'orders').waitFor();
  await push(chalkline, 20);
  const said = () => chalkline.pillText('gateway', 'orders');
  await expect.poll(said, { timeout: 15_000 }).toMatch(/p95 (19|2\d)(\.\d+)? milliseconds$/);
  await push(chalkline, 300);
  await expect.poll(said, { timeout: 15_000 }).toMatch(/p95 (2[89]\d|3\d\d)(\.\d+)? milliseconds$/);
});
