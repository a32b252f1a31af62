/** What a part leaves out shows in whom it calls, be calls counted or only seen; what would refute a suspect, in words. */
import { expect, it } from 'vitest';
import { rankSuspects, reasonSentence, refutationSentence, type Suspect } from '../../src/analysis/index.ts';
import { type Board, emptyBoard, type Metric, type Reading } from '../../src/graph/index.ts';
import { always, reading, snapshot } from './reading.ts';

const MINUTE = 60_000;

/** Two callers of the cart; one of them sends mail. */
function board(): Board {
  const drawn = emptyBoard('b', 'Shop');
  for (const id of ['users', 'shop', 'checkout', 'cart', 'mail'])
    drawn.nodes[id] = { id, kind: id === 'users' ? 'client' : 'service', name: id, position: [0, 0] };
  for (const [source, target] of [
    ['users', 'shop'],
    ['shop', 'checkout'],
    ['shop', 'cart'],
    ['checkout', 'cart'],
    ['checkout', 'mail'],
  ] as const)
    drawn.edges[`${source}-${target}`] = { id: `${source}-${target}`, source, target, kind: 'call' };
  return drawn;
}

const of = (id: string, metric: Metric, value: Reading['value'], minute: number): Reading =>
  reading({
    ...{ subject: { type: id.includes('-') ? 'edge' : 'node', id }, metric, value },
    ...{ at: minute * MINUTE, samples: 600 },
  });

const rank = (before: Reading[], now: Reading[]) =>
  rankSuspects(board(), { before: snapshot(before), now: snapshot(now) });
const callsOf = (ranked: readonly Suspect[], id: string) =>
  ranked
    .find(({ kind, subject }) => kind === 'suspect' && subject.id === id)!
    .reasons.filter(({ kind }) => kind === 'calls');
const MINUTES = [0, 1, 2, 3, 4];

it('names the part that leaves out a call that others count', () => {
  const minute = (i: number, mails: number) => [
    of('shop', 'rate', 10, i),
    of('checkout', 'rate', 2, i),
    of('checkout-mail', 'rate', mails, i),
    of('mail', 'rate', mails, i),
  ];
  const ranked = rank(
    MINUTES.flatMap((i) => minute(i, 2)),
    [5, 6, 7].flatMap((i) => minute(i, 0.02)),
  );
  expect(ranked[0]!.subject.id).toBe('checkout');
  expect(reasonSentence(board(), ranked[0]!.reasons[0]!)).toBe('Calls mail 0.01 × a request, before 1 ×.');
});

/** Nobody counts what the cart is asked; it is only seen how long that took. */
const seen = (i: number, ...edges: string[]) => [
  of('shop', 'rate', 10, i),
  of('checkout', 'rate', 2, i),
  ...edges.map((id) => of(id, 'latency', always(5), i)),
];

it('names it, too, where a call is only seen, and is seen no more', () => {
  const ranked = rank(
    MINUTES.flatMap((i) => seen(i, 'shop-cart', 'checkout-cart')),
    [5, 6, 7].flatMap((i) => seen(i, 'shop-cart')),
  );
  expect(ranked[0]!.subject.id).toBe('checkout');
  expect(callsOf(ranked, 'checkout')).toMatchObject([{ edge: 'checkout-cart', before: 1, now: 0 }]);
  expect(callsOf(ranked, 'shop')).toEqual([]);
});

it('makes little of a call that came only now and then, or was looked for but once', () => {
  const weight = (before: Reading[]) =>
    callsOf(
      rank(
        before,
        [5, 6, 7].flatMap((i) => seen(i, 'shop-cart')),
      ),
      'checkout',
    )[0]?.weight ?? 0;
  const always = weight(MINUTES.flatMap((i) => seen(i, 'shop-cart', 'checkout-cart')));
  const seldom = MINUTES.flatMap((i) => seen(i, 'shop-cart', ...(i === 2 ? ['checkout-cart'] : [])));
  expect(weight(seldom)).toBeLessThan(always / 3);
  expect(weight(seen(4, 'shop-cart', 'checkout-cart'))).toBeLessThan(always);
});

it('blames nobody for what is not called because nobody came', () => {
  const idle = [5, 6, 7].flatMap((i) => [of('shop', 'rate', 10, i), of('checkout', 'rate', 0, i)]);
  const ranked = rank(
    MINUTES.flatMap((i) => seen(i, 'shop-cart', 'checkout-cart')),
    idle,
  );
  expect(callsOf(ranked, 'checkout')).toEqual([]);
});

it('says what would refute a suspect, drawn or not', () => {
  const minute = (i: number, ms: number) => [
    of('shop', 'rate', 10, i),
    of('shop', 'latency', always(ms), i),
    of('shop', 'own time', always(ms), i),
  ];
  const ranked = rank(
    MINUTES.flatMap((i) => minute(i, 20)),
    minute(5, 400),
  );
  const told = (['suspect', 'undrawn'] as const).map((kind) =>
    refutationSentence(board(), ranked.find((each) => each.kind === kind && each.subject.id === 'shop')!),
  );
  expect(told).toEqual([
    'Without shop, latency at users → shop should fall from 400 ms to about 20 ms (mean); if it stays, shop isn’t the cause.',
    'Without whatever the drawing lacks at shop, latency at users → shop should fall from 400 ms to about 20 ms (mean); if it stays, the cause is elsewhere.',
  ]);
});

it('says which figure it speaks of, which need not be the one on the board', () => {
  const slow = { kind: 'own time', weight: 3, before: 12, now: 260, how: 'measured', share: null } as const;
  const said = [null, 0.5, 0.9].map((stat) => reasonSentence(board(), { ...slow, stat }));
  expect(said).toEqual([
    'Own time 12 ms → 260 ms (mean).',
    'Own time 12 ms → 260 ms (p50).',
    'Own time 12 ms → 260 ms (p90).',
  ]);
  // a number is no distribution, and is what it is
  const busy = { kind: 'saturation', weight: 1, metric: 'cpu', before: 0.2, now: 0.9, stat: null } as const;
  expect(reasonSentence(board(), busy)).toBe('CPU 20 % → 90 %.');
});
