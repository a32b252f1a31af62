/** A Jaeger asked by the page, and one that only the server may ask: their traces come alive on the edges. */
import { afterEach, expect, it } from 'vitest';
import { type Board, emptyBoard, serializeBoard } from '../../src/graph/index.ts';
import { readTargets } from '../../src/server/forward/index.ts';
import { visit } from '../server/shop.ts';
import { startTraceServer } from '../telemetry/trace-servers.ts';
import { type Chalkline, openChalkline } from './driver.ts';

let server: Awaited<ReturnType<typeof startTraceServer>> | null = null;
let chalkline: Chalkline | null = null;
afterEach(async () => {
  const [open, asked] = [chalkline, server];
  [chalkline, server] = [null, null];
  await asked?.close();
  await open?.close();
});

function board(url: string): Board {
  const shop = emptyBoard('traced', 'Traced');
  for (const [i, name] of ['gateway', 'orders'].entries())
    shop.nodes[name] = { id: name, name, kind: 'service', position: [i * 400, 0] };
  shop.edges.call = { id: 'call', source: 'gateway', target: 'orders', kind: 'call' };
  shop.sources.jaeger = {
    id: 'jaeger',
    type: 'jaeger',
    name: 'Jaeger',
    url,
    interval: 1000,
    window: 300_000,
  };
  return shop;
}

const TOOK = 20;
/** So many requests, the last of them some seconds ago; `padding` characters go with each span. */
const requests = (count: number, padding = 0) =>
  Array.from({ length: count }, (_, n) => visit({ n, end: Date.now() - 8000 - n * 20, took: TOOK }))
    .flat()
    .map((span) => ({ ...span, attributes: { ...span.attributes, 'x.note': 'x'.repeat(padding) } }));
const P95 = /p95 (19|2\d)(\.\d+)? milliseconds$/;

it('shows on the edges what a Jaeger has, also when that is very much; the page stays awake', async () => {
  server = await startTraceServer('jaeger');
  server.state.spans = requests(1400, 4000);
  chalkline = await openChalkline();
  await chalkline.importFile({ name: 'traced.json', content: serializeBoard(board(server.url)) });
  await chalkline.edge('gateway', 'orders').waitFor();
  const said = () => chalkline!.pillText('gateway', 'orders');
  await expect.poll(said, { timeout: 30_000 }).toMatch(P95);
  const long = await chalkline.watchLongTasks();
  const asked = server.questions().length;
  await expect.poll(() => server!.questions().length, { timeout: 30_000 }).toBeGreaterThan(asked + 4);
  // the machine of the test may be busy with other things: a freeze is more than one frame too late
  expect((await long()).filter((ms) => ms > 200)).toEqual([]);
});

it('shows what only the server may ask for, and never where that is or how it is let in', async () => {
  server = await startTraceServer('jaeger');
  server.state.spans = requests(40);
  server.state.cors = false;
  server.state.instead = (_, response, { headers }) => {
    if (headers.authorization === 'Bearer tk-4711-secret') return false;
    response.writeHead(401).end();
    return true;
  };
  const headers = { Authorization: { env: 'TOKEN', prefix: 'Bearer ' } };
  const targets = await readTargets({
    TOKEN: 'tk-4711-secret',
    CHALKLINE_FORWARD: JSON.stringify({ traces: { type: 'jaeger', url: server.url, headers } }),
  });
  chalkline = await openChalkline({}, targets);
  await chalkline.importFile({ name: 'traced.json', content: serializeBoard(board('forward:traces')) });
  await chalkline.edge('gateway', 'orders').waitFor();
  await expect.poll(() => chalkline!.pillText('gateway', 'orders'), { timeout: 30_000 }).toMatch(P95);
  expect(chalkline.asked()).toEqual([new URL(chalkline.url).origin]);
});
