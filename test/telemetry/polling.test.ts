/** What is drawn while a source waits for its next poll gets its figures soon, and not at any price. */
import { expect, it } from 'vitest';
import type { UnboundTraffic } from '../../src/graph/index.ts';
import { failure, type Outcome, success } from '../../src/telemetry/outcome.ts';
import { createPolled, type Polled } from '../../src/telemetry/polling.ts';
import { boardOf } from './boards.ts';
import { notebook, stillClock } from './environment.ts';

const CONFIG = { id: 's', type: 'pushed' as const, name: 'Spans', interval: 15_000, window: 60_000 };
const DARK: UnboundTraffic = { source: 'shop', target: 'stock', kind: 'call', rate: 1 };
const seen = (...unbound: UnboundTraffic[]): Outcome<Polled> =>
  success({ readings: [], unbound, nothing: null });

async function polled(answer: Outcome<Polled>) {
  const clock = stillClock();
  let polls = 0;
  const source = createPolled(CONFIG, clock.env, {
    label: () => 'Spans',
    target: () => 'here',
    poll: async () => {
      polls++;
      return answer;
    },
  });
  const pass = async (ms: number) => {
    clock.pass(ms);
    await new Promise((resolve) => setTimeout(resolve));
    return polls;
  };
  source.start(notebook(() => boardOf({})).host);
  expect(await pass(0)).toBe(1);
  return { pass, again: () => source.again?.(), stop: () => source.stop() };
}

it('is asked again when the board changes and something had no place, at most five times as often as set', async () => {
  const { pass, again, stop } = await polled(seen(DARK));
  expect(await pass(5000)).toBe(1);
  again();
  expect(await pass(0)).toBe(2);
  again();
  again();
  expect(await pass(2999)).toBe(2);
  expect(await pass(1)).toBe(3);
  expect(await pass(14_999)).toBe(3);
  expect(await pass(1)).toBe(4);
  stop();
  again();
  expect(await pass(60_000)).toBe(4);
});

it.each([
  ['all has its place', seen()],
  ['it fails', failure('is away')],
])('is not asked again where %s', async (_, answer) => {
  const { pass, again, stop } = await polled(answer);
  await pass(5000);
  again();
  expect(await pass(5000)).toBe(1);
  expect(await pass(5000)).toBe(2);
  stop();
});
