/** `chalkline record` of spans that are pushed to Chalkline's own server, and of sources that can't be. */
import { expect, it } from 'vitest';
import { quantile, type Snapshot } from '../../src/graph/index.ts';
import { asProtobuf } from '../server/otlp-encoder.ts';
import { serve } from '../server/served.ts';
import { visit } from '../server/shop.ts';
import { workplace } from './run.ts';

const place = workplace({
  'broken.json': '{"type": ',
  'other.json': '{"type": "influx"}',
  'shop.sketch': 'gateway -> orders',
});
const { chalkline } = place;
const TOOK = 80;

it('keeps the spans that were pushed while it listened, as the server counts them', async () => {
  const server = await serve();
  let count = 0;
  const pushing = setInterval(() => {
    const spans = Array.from({ length: 10 }, (_, i) => {
      return visit({ n: count + i, end: Date.now() - 1, took: TOOK });
    });
    count += 10;
    void server.push(asProtobuf(spans.flat()), { 'content-type': 'application/x-protobuf' });
  }, 100);
  const from = ['-s', 'pushed', '--server', `http://127.0.0.1:${server.port}`, '--for', '6s'];
  const drawn = await chalkline('record', 'shop.sketch', ...from, '--name', 'now', '-o', 'now.json');
  clearInterval(pushing);
  await server.close();
  expect([drawn.status, drawn.out]).toEqual([0, '']);
  expect(drawn.err).toMatch(/^chalkline: .*: measured, and not drawn: orders → postgresql\n$/);
  const { readings, name, window } = JSON.parse(place.text('now.json')) as Snapshot;
  // the server counts in steps of ten seconds, and says over how long
  expect([name, window]).toEqual(['now', Math.max(6000, ...readings.map((each) => each.window))]);
  const of = (metric: string) =>
    readings.find(
      (each) => each.subject.type === 'edge' && each.metric === metric && each.instance === null,
    )!;
  const { value, samples } = of('latency');
  const rate = of('rate');
  // what is pushed at the very end is not heard of any more
  expect(samples).toBeGreaterThan(count / 2);
  expect(samples).toBeLessThanOrEqual(count);
  expect(rate.value).toBeCloseTo((1000 * rate.samples!) / rate.window, 3);
  if (typeof value === 'number') throw new Error('a latency is a distribution');
  // a call waits 2 ms more than it takes, and is counted in buckets of an eighth of a doubling
  expect(Math.abs(Math.log2(quantile(value, 0.5)!.value / TOOK))).toBeLessThan(1 / 4);
});

it('says what can’t be a source, and never prints a password', async () => {
  const all = await Promise.all(
    [
      'nowhere.json',
      'broken.json',
      'other.json',
      'promtheus=http://localhost',
      'prometheus=localhost',
      'jaeger=http://ada:secret@jaeger.example',
    ].map((source) => chalkline('record', '-s', source)),
  );
  for (const { status, out, err } of all) {
    expect([status, out, err.split('\n').length]).toEqual([1, '', 2]);
    expect(err).not.toContain('secret');
  }
  expect(all.map(({ err }) => err)).toEqual([
    'chalkline: nowhere.json can’t be read: there is no such file or folder.\n',
    expect.stringMatching(/^chalkline: broken\.json can’t be used as a source: it is no JSON: /),
    expect.stringMatching(/^chalkline: other\.json can’t be used as a source, at type: /),
    expect.stringMatching(/There is no source “promtheus” \(did you mean prometheus\?\)/),
    expect.stringMatching(/at url: must be an http or https URL/),
    expect.stringMatching(/^chalkline: jaeger=http:\/\/…@jaeger\.example can’t be used as a source/),
  ]);
});
