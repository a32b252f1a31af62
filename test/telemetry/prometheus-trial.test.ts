/** A question is tried the way it will be asked: filled in, sent, bound; whatever goes wrong is said. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyBoard, type Metric } from '../../src/graph/index.ts';
import { listForwards, machine, tryQuery } from '../../src/telemetry/index.ts';
import { seriesOf, startServer } from './prometheus-server.ts';

let server: Awaited<ReturnType<typeof startServer>>;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const board = {
  ...emptyBoard('b'),
  nodes: { c: { id: 'c', name: 'cart', kind: 'service' as const, position: [0, 0] as [number, number] } },
};
const attempt = (query: string, metric: Metric = 'rate') =>
  tryQuery(
    { id: 'p', type: 'prometheus', name: 'P', url: server.url, interval: 5000, window: 60_000 },
    { name: 'mine', metric, query, of: { type: 'node', id: 'c' } },
    board,
    new AbortController().signal,
  );

it('shows what was sent and the first lines of the answer', async () => {
  server.state.answer = () => [seriesOf({ job: 'cart' }, '12.5')];
  expect(await attempt('rate(requests{job="$name"}[$window])')).toEqual({
    sent: 'rate(requests{job="cart"}[60000ms])',
    lines: ['{job="cart"} 12.5'],
    ...{ series: 1, figures: 1, problem: null },
  });
});

it('says what Prometheus refuses, what does not fit, and that nobody answers', async () => {
  server.state.answer = (_, response) => {
    response.statusCode = 400;
    response.end(JSON.stringify({ status: 'error', error: 'parse error at char 3' }));
    return undefined;
  };
  expect((await attempt('rate(')).problem).toMatch(/parse error at char 3/);
  server.state.answer = () => [seriesOf({ a: '1' }, '1'), seriesOf({ a: '2' }, '2')];
  expect(await attempt('x')).toMatchObject({
    series: 2,
    figures: 0,
    problem: expect.stringMatching(/2 series/),
  });
  await server.close();
  expect((await attempt('x')).problem).toMatch(/could not be reached/);
  await server.reopen();
});

it('a server that forwards says to whom; anything else forwards to nobody', async () => {
  const answering = (body: string, status = 200) => ({
    ...machine,
    server: 'http://chalkline',
    fetch: async () => new Response(body, { status }),
  });
  const list = JSON.stringify({
    targets: [
      { name: 'prod', type: 'zipkin' },
      { name: 'x', type: 'other' },
    ],
  });
  expect(await listForwards(answering(list))).toEqual([{ name: 'prod', type: 'zipkin' }]);
  expect(await listForwards(answering('<html>'))).toEqual([]);
  expect(await listForwards(answering('not found', 404))).toEqual([]);
});
