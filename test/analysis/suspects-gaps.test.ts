/** What lies between the ends of an edge: told from what callee and chance make of both ends. */
import { expect, it } from 'vitest';
import { rankSuspects, reasonSentence } from '../../src/analysis/index.ts';
import { type Board, type Distribution, emptyBoard, type Reading } from '../../src/graph/index.ts';
import { reading, snapshot } from './reading.ts';

const MINUTE = 60_000;

function board(): Board {
  const drawn = emptyBoard('b', 'Shop');
  for (const id of ['shop', 'cart', 'prices'])
    drawn.nodes[id] = { id, kind: 'service', name: id, position: [0, 0] };
  for (const target of ['cart', 'prices'])
    drawn.edges[target] = { id: target, source: 'shop', target, kind: 'call' };
  return drawn;
}

type End = readonly number[];
const median = (ms: number): Distribution => ({ type: 'quantiles', points: [{ q: 0.5, value: ms }] });

/** A figure a minute, of which the last three are now. */
function minutes(
  edge: string,
  side: 'caller' | 'callee',
  end: End,
  of = median,
  samples: number | null = null,
) {
  return end.map(
    (ms, i): Reading =>
      reading({ subject: { type: 'edge', id: edge }, side, value: of(ms), at: i * MINUTE, samples }),
  );
}

function rank(readings: Reading[]) {
  const last = Math.max(...readings.map(({ at }) => at)) - 3 * MINUTE;
  return rankSuspects(board(), {
    before: snapshot(readings.filter(({ at }) => at <= last)),
    now: snapshot(readings.filter(({ at }) => at > last)),
  });
}

it('finds a slow link although its callee was restless before', () => {
  const restless = [184, 41, 42, 6, 4];
  const [first] = rank([
    ...minutes('cart', 'caller', [...restless.map((ms) => ms + 3), 750, 752, 749]),
    ...minutes('cart', 'callee', [...restless, 3, 3, 3]),
    ...minutes('prices', 'caller', [8, 9, 8, 9, 8, 9, 8, 9]),
    ...minutes('prices', 'callee', [6, 7, 6, 7, 6, 7, 6, 7]),
  ]);
  expect(first!.subject).toEqual({ type: 'edge', id: 'cart' });
  expect(first!.share).toBeGreaterThan(0.5);
  expect(reasonSentence(board(), first!.reasons[0]!)).toBe(
    'shop → cart became slower for its caller and not at its callee.',
  );
});

it('sees no slow link where the callee became faster and its caller waits as ever', () => {
  const ranked = rank([
    ...minutes('cart', 'caller', [20, 21, 20, 21, 20, 21, 20, 21]),
    ...minutes('cart', 'callee', [18, 19, 18, 19, 18, 2, 2, 2]),
  ]);
  expect(ranked.flatMap(({ reasons }) => reasons.filter(({ kind }) => kind === 'between'))).toEqual([]);
});

const mean = (ms: number): Distribution => ({ type: 'samples', values: [ms] });
/** Both ends grew slow; what is between grew from 1 ms to 960 ms, and so did the callee to 1.5 s. */
const slow = (callers: number, callees: number) =>
  rank([
    ...minutes('cart', 'caller', [31, 2417], mean, callers).map((each, i) => ({
      ...each,
      at: 3 * i * MINUTE,
    })),
    ...minutes('cart', 'callee', [30, 1457], mean, callees).map((each, i) => ({
      ...each,
      at: 3 * i * MINUTE,
    })),
  ]).find(({ subject }) => subject.type === 'edge')?.reasons[0]?.weight ?? 0;

it('believes what is between long calls as far as both ends are known', () => {
  expect(slow(9, 8)).toBeLessThan(0.5);
  expect(slow(900, 800)).toBeGreaterThan(3);
  expect(slow(9, 9), 'the same calls at both ends').toBeGreaterThan(2 * slow(9, 8));
});
