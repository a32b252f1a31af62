/** Divide and conquer: ways, effects, verdicts, plans and beliefs, on small boards and on any board. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candidatesOf } from '../../src/analysis/experiments/candidates.ts';
import { effectOf } from '../../src/analysis/experiments/effect.ts';
import { densityAt, expectationOf, sharedExpectation } from '../../src/analysis/experiments/scene.ts';
import { waysOf } from '../../src/analysis/experiments/ways.ts';
import {
  beliefs,
  guards,
  nextBest,
  partName,
  planOf,
  planSentences,
  settledSentence,
  togetherOf,
  toldBy,
  verdictOf,
  verdictSentence,
} from '../../src/analysis/index.ts';
import {
  ACTIONS,
  type Action,
  type Board,
  type Experiment,
  type Part,
  partKey,
  partsOf,
  type Snapshot,
  type Subject,
  type Symptom,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { boardOf } from '../telemetry/boards.ts';

const SHOP = boardOf(
  {
    web: 'client',
    gateway: 'gateway',
    cart: 'service',
    stock: 'service',
    db: 'database',
    orders: 'queue',
    packer: 'worker',
  },
  'web → gateway',
  'gateway → cart',
  'gateway → stock',
  'cart → db: query',
  'stock → db: query',
  'cart → orders: publish',
  'orders → packer: consume',
);
const SYMPTOM: Symptom = { subject: { type: 'edge', id: 'web-gateway' }, metric: 'latency', q: 0.95 };
const node = (id: string): Part => ({ type: 'node', id });
const edge = (id: string): Part => ({ type: 'edge', id });
const several = (...ids: string[]): Part => ({
  type: 'several',
  parts: ids.map((id) => ({ type: 'node', id })),
});

const AT = 1_700_000_000_000;
/** A minute of so many requests around a p95. */
function snapshot(
  id: string,
  p95: number | null,
  { rate = 20, samples = 1200, subject = SYMPTOM.subject } = {},
): Snapshot {
  const about = (metric: 'latency' | 'rate', value: Snapshot['readings'][number]['value']) => ({
    ...{ subject, metric, value, at: AT, window: 60_000, instance: null, instances: 1 },
    ...{ side: metric === 'latency' ? ('caller' as const) : null, samples },
    provenance: { source: 's', label: 'Prometheus', simulated: false },
  });
  // exponential, which is at 95 % after three times its mean
  const bounds = Array.from({ length: 60 }, (_, i) => ((i + 1) / 20) * (p95 ?? 0));
  const counts = bounds.map((_, i) => samples * (Math.exp((-3 * i) / 20) - Math.exp((-3 * (i + 1)) / 20)));
  const value = { type: 'histogram' as const, bounds: [...bounds, null], counts: [...counts, 0] };
  return {
    ...{ id, name: id, at: AT, window: 60_000 },
    readings: p95 === null ? [] : [about('latency', value), about('rate', rate)],
  };
}
const USUAL = snapshot('usual', 100);

type Tried = Partial<Omit<Experiment, 'before' | 'after'>> & { part: Part; was?: number; is?: number };
function boardWith(board: Board, ...tried: Tried[]): Board {
  const next: Board = { ...board, snapshots: { usual: USUAL }, experiments: {} };
  tried.forEach(({ was, is, ...rest }, i) => {
    const id = `x${i}`;
    const experiment: Experiment = { id, action: 'stubbed', at: AT + i, symptom: SYMPTOM, ...rest };
    if (was !== undefined) experiment.before = `${id}-before`;
    if (is !== undefined) experiment.after = `${id}-after`;
    if (was !== undefined) next.snapshots[`${id}-before`] = snapshot(`${id}-before`, was);
    if (is !== undefined) next.snapshots[`${id}-after`] = snapshot(`${id}-after`, is);
    next.experiments[id] = experiment;
  });
  return next;
}
const believe = (...tried: Tried[]) =>
  beliefs(boardWith(SHOP, ...tried), { symptom: SYMPTOM, usual: USUAL, now: snapshot('now', 800) });
const shareOf = (state: ReturnType<typeof believe>, part: Part) =>
  state.candidates.find(({ key }) => key === partKey(part))?.share ?? 0;
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe('ways of a request', () => {
  const ways = waysOf(SHOP, SYMPTOM, null);

  test('lead to all that is waited for, and not beyond a queue', () => {
    expect([...ways.nodes].sort()).toEqual(['cart', 'db', 'gateway', 'orders', 'stock']);
    expect(ways.edges.map(({ id }) => id)).not.toContain('orders-packer-consume');
    const queue: Symptom = { subject: { type: 'node', id: 'orders' }, metric: 'queue wait' };
    expect([...waysOf(SHOP, queue, null).nodes]).toEqual(['orders', 'packer']);
    const processing: Symptom = { subject: { type: 'edge', id: 'orders-packer-consume' }, metric: 'latency' };
    expect(waysOf(SHOP, processing, null).nodes).toEqual(['packer']);
  });

  test('visit a part as often as it is called', () => {
    expect(ways.visits.nodes[ways.nodeAt.get('db')!]).toBe(2);
    const rates: [string, number][] = [
      ['web-gateway', 100],
      ['gateway-cart', 50],
      ['gateway-stock', 10],
      ['cart-db-query', 150],
      ['stock-db-query', 10],
      ['cart-orders-publish', 5],
    ];
    const readings = rates.flatMap(
      ([id, rate]) => snapshot('s', 1, { rate, subject: { type: 'edge', id } }).readings,
    );
    const { visits, nodeAt } = waysOf(SHOP, SYMPTOM, { ...USUAL, readings });
    expect(visits.nodes[nodeAt.get('db')!]).toBeCloseTo(1.6);
    expect(visits.nodes[nodeAt.get('orders')!]).toBeCloseTo(0.05);
  });

  test('of any board: each part is visited, after all that call it, and shares add up to 1', () => {
    fc.assert(
      fc.property(boardArbitrary({ nodes: 10, edges: 20 }), fc.nat(), (board, n) => {
        const subjects: Subject[] = [
          ...Object.keys(board.nodes).map((id) => ({ type: 'node' as const, id })),
          ...Object.keys(board.edges).map((id) => ({ type: 'edge' as const, id })),
        ];
        if (subjects.length === 0) return;
        const { nodes, edges, visits, shares } = waysOf(
          board,
          { subject: subjects[n % subjects.length]!, metric: 'latency' },
          Object.values(board.snapshots)[0] ?? null,
        );
        expect(new Set(nodes).size).toBe(nodes.length);
        for (const { source, target } of edges) if (target !== -1) expect(target).toBeGreaterThan(source);
        for (const each of [...visits.nodes, ...visits.edges, ...shares.nodes, ...shares.edges]) {
          expect(Number.isFinite(each)).toBe(true);
          expect(each).toBeGreaterThanOrEqual(0);
        }
        const whole = sum(shares.nodes) + sum(shares.edges);
        expect(whole === 0 || Math.abs(whole - 1) < 1e-9).toBe(true);
      }),
    );
  });
});

describe('what is left when something is out', () => {
  const ways = waysOf(SHOP, SYMPTOM, null);
  const candidates = candidatesOf({ board: SHOP, ways, snapshots: [], experiments: [], prior: null });
  const rest = (part: Part, action: Action, of: Part) =>
    effectOf(SHOP, ways, part, action).rest(candidates.find(({ key }) => key === partKey(of))!);

  test('a stub takes along what is only reached through it', () => {
    expect(rest(node('cart'), 'stubbed', node('cart'))).toBe(0);
    expect(rest(node('cart'), 'stubbed', edge('cart-orders-publish'))).toBe(0);
    expect(rest(node('cart'), 'stubbed', edge('gateway-cart'))).toBe(1);
    expect(rest(node('cart'), 'stubbed', node('db'))).toBe(0.5);
    expect(rest(several('cart', 'stock'), 'stubbed', node('db'))).toBe(0);
    expect(rest(edge('gateway-cart'), 'stubbed', edge('gateway-cart'))).toBe(0);
    expect(rest(edge('gateway-cart'), 'stubbed', node('cart'))).toBe(0);
  });

  test('what is bypassed or restored goes alone', () => {
    for (const action of ['bypassed', 'restored'] as const) {
      expect(rest(node('cart'), action, node('cart'))).toBe(0);
      expect(rest(node('cart'), action, node('db'))).toBe(1);
      expect(rest(edge('gateway-cart'), action, node('cart'))).toBe(1);
    }
    expect(effectOf(SHOP, ways, node('cart'), 'restored').removed).toBe(0);
    expect(effectOf(SHOP, ways, node('cart'), 'stubbed').removed).toBeGreaterThan(0);
  });

  test('on any board: from 0 to 1, nothing of the part itself, and the less the more is out', () => {
    fc.assert(
      fc.property(
        boardArbitrary({ nodes: 8, edges: 14 }),
        fc.array(fc.nat(), { minLength: 2, maxLength: 4 }),
        fc.constantFrom(...ACTIONS),
        (board, picks, action) => {
          const [first] = Object.keys(board.nodes);
          if (first === undefined) return;
          const way = waysOf(board, { subject: { type: 'node', id: first }, metric: 'latency' }, null);
          const all = candidatesOf({ board, ways: way, snapshots: [], experiments: [], prior: null });
          const parts = picks.map((pick) => all[pick % all.length]!.part);
          const more = effectOf(board, way, { type: 'several', parts }, action);
          const less = effectOf(board, way, parts[0]!, action);
          expect(more.removed).toBeGreaterThanOrEqual(less.removed - 1e-9);
          for (const each of all) {
            expect(more.rest(each)).toBeLessThanOrEqual(less.rest(each) + 1e-9);
            expect(less.rest(each)).toBeLessThanOrEqual(1 + 1e-9);
            expect(less.rest(each)).toBeGreaterThanOrEqual(0);
          }
          for (const part of parts) expect(more.rest(all.find(({ key }) => key === partKey(part))!)).toBe(0);
        },
      ),
    );
  });
});

test('every expectation adds up to 1 over all changes', () => {
  const anyScene = fc.record({
    level: fc.double({ min: -5, max: 2, noNaN: true }),
    levelSigma: fc.double({ min: 0.05, max: 0.7, noNaN: true }),
    isTime: fc.boolean(),
    isQueueing: fc.boolean(),
    beyond: fc.double({ min: 1e-9, max: 1, noNaN: true }),
  });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(anyScene, share, share, (scene, rest, removed) => {
      for (const expectation of [
        expectationOf(scene, rest, removed, 0.15),
        sharedExpectation(scene, rest, removed, 0.15),
      ]) {
        let whole = 0;
        for (let change = -40; change < 40; change += 0.02) whole += densityAt(expectation, change) * 0.02;
        expect(whole).toBeGreaterThan(0.96);
        expect(whole).toBeLessThan(1.03);
      }
    }),
    { numRuns: 40 },
  );
});

describe('a verdict', () => {
  const verdict = (was: number | null, is: number | null, usual: Snapshot | null = USUAL) =>
    verdictOf(snapshot('b', was), snapshot('a', is), SYMPTOM, usual);

  test.each([
    [800, 100, 'gone'],
    [800, 120, 'gone'],
    [800, 60, 'gone'],
    [800, 400, 'better'],
    [800, 790, 'same'],
    [800, 1600, 'worse'],
    [null, 100, "can't tell"],
    [800, null, "can't tell"],
  ] as const)('%s ms → %s ms: %s', (was, is, outcome) => {
    expect(verdict(was, is).outcome).toBe(outcome);
  });

  test('holds its interval around the ratio, and says both', () => {
    const found = verdict(800, 200);
    expect(found.ratio).toBeCloseTo(0.25);
    expect(found.interval![0]).toBeLessThan(0.25);
    expect(found.interval![1]).toBeGreaterThan(0.25);
    expect(verdictSentence(SHOP, SYMPTOM, found)).toMatch(
      /^p95 of web → gateway 798 ms → 200 ms \(× 0\.25, 0\.\d+ to 0\.\d+\): better, but not gone\.$/,
    );
    expect(verdict(800, 100, null).outcome).toBe('better');
  });

  test('says what stands in its way', () => {
    const kinds = (a: Snapshot, b: Snapshot) => guards(a, b, SYMPTOM).map(({ kind }) => kind);
    expect(kinds(snapshot('b', 800), snapshot('a', 700))).toEqual([]);
    expect(kinds(snapshot('b', 800, { samples: 40 }), snapshot('a', null))).toEqual([
      'few samples',
      'not measured',
    ]);
    expect(kinds(snapshot('b', 800), snapshot('a', 800, { rate: 40 }))).toEqual(['other load']);
    const scaled = snapshot('a', 800);
    for (const reading of scaled.readings) reading.instances = 3;
    expect(kinds(snapshot('b', 800), scaled)).toEqual(['other instances']);
    expect(verdictOf(snapshot('b', 800), scaled, SYMPTOM).sigma).toBeGreaterThan(verdict(800, 800).sigma);
  });

  test('knows when something else was out as well', () => {
    const board = boardWith(
      SHOP,
      { part: node('cart'), was: 800, is: 800, since: 1 },
      { part: node('stock'), was: 800, is: 100, since: 2, until: 3 },
    );
    const { steps } = beliefs(board, { symptom: SYMPTOM, usual: USUAL });
    expect(steps.map(({ verdict: { guards: found } }) => found.map(({ kind }) => kind))).toEqual([
      ['still out'],
      ['still out'],
    ]);
  });
});

describe('beliefs', () => {
  test('begin as they are told, and are sure of nothing before anything was tried', () => {
    const even = believe();
    expect(even.settled).toBeNull();
    expect(sum(even.candidates.map(({ share }) => share)) + even.spread + even.undrawn).toBeCloseTo(1);
    expect(shareOf(even, node('cart'))).toBeCloseTo(shareOf(even, edge('gateway-cart')));
    const told = beliefs(boardWith(SHOP), {
      symptom: SYMPTOM,
      usual: USUAL,
      prior: [{ part: { type: 'node', id: 'packer' }, share: 1 }],
    });
    expect(told.candidates[0]).toMatchObject({ part: node('packer') });
    expect(told.settled).toBeNull();
  });

  test('go to what is out when the symptom goes, and away from it when it stays', () => {
    const gone = believe({ part: node('cart'), was: 800, is: 95 });
    const stays = believe({ part: node('cart'), was: 800, is: 780 });
    const before = shareOf(believe(), node('cart'));
    expect(shareOf(gone, node('cart'))).toBeGreaterThan(2 * before);
    expect(shareOf(gone, node('stock'))).toBeLessThan(before / 10);
    expect(shareOf(stays, node('cart'))).toBeLessThan(before / 10);
    expect(shareOf(stays, node('stock'))).toBeGreaterThan(before);
  });

  test('come to an end that can be said', () => {
    const found = believe(
      { part: node('cart'), was: 800, is: 95 },
      { part: edge('cart-db-query'), was: 790, is: 770 },
      { part: edge('cart-orders-publish'), was: 810, is: 790 },
      { part: node('cart'), action: 'restored', was: 800, is: 100 },
    );
    expect(found.settled).toMatchObject({ kind: 'found', belief: { part: node('cart') } });
    expect(settledSentence(SHOP, found)).toMatch(/^It is cart, with 9\d(\.\d)? % probability\.$/);
    const each = [
      ...['cart', 'stock', 'gateway', 'db', 'orders'].map(
        (id): Tried => ({ part: node(id), action: 'restored' }),
      ),
      ...Object.keys(SHOP.edges).map((id): Tried => ({ part: edge(id), action: 'bypassed' })),
    ].map((one) => ({ ...one, was: 800, is: 790 }));
    const surely = { symptom: SYMPTOM, usual: USUAL, threshold: 0.7 };
    expect(beliefs(boardWith(SHOP, ...each), surely).settled).toMatchObject({ kind: 'undrawn' });
    const halves: Tried[] = [
      ...['cart', 'stock'].flatMap((id): Tried[] => [
        { part: node(id), was: 900, is: 450 },
        { part: node(id), action: 'restored', was: 900, is: 480 },
      ]),
      { part: several('cart', 'stock'), action: 'restored', was: 900, is: 105 },
      { part: several('cart', 'db'), action: 'restored', was: 900, is: 470 },
      { part: several('stock', 'orders'), action: 'restored', was: 900, is: 460 },
    ];
    const shared = beliefs(boardWith(SHOP, ...halves), surely);
    expect(shared.settled).toMatchObject({ kind: 'spread' });
    expect(shared.sharers.map(({ part }) => partKey(part)).sort()).toEqual(['node:cart', 'node:stock']);
    const [together] = togetherOf(SHOP, shared);
    expect(together).toMatchObject({ action: 'stubbed', part: { type: 'several' } });
    expect(together!.goes).toBeGreaterThan(0.3);
    expect(partsOf(together!.part).map(partKey).sort()).toEqual(['node:cart', 'node:stock']);
    expect(settledSentence(SHOP, shared)).toMatch(
      /^No single part explains what was seen: two or more share it \([\d.]+ %\)\. Most likely (cart and stock|stock and cart): take them out together, and see whether the symptom goes\.$/,
    );
    expect(settledSentence(SHOP, believe())).toBe('No part stands out yet.');
  });

  test('leave out what was withdrawn, what was not measured, and what is about another symptom', () => {
    const clean = believe({ part: node('stock'), was: 800, is: 790 });
    const other: Symptom = { ...SYMPTOM, subject: { type: 'edge', id: 'gateway-stock' } };
    const mixed = believe(
      { part: node('stock'), was: 800, is: 790 },
      { part: node('cart'), was: 800, is: 90, withdrawn: true },
      { part: node('cart'), was: 800 },
      { part: node('cart'), was: 800, is: 90, symptom: other },
    );
    expect(mixed.candidates).toEqual(clean.candidates);
    expect(mixed.steps.map(({ counts }) => counts)).toEqual([true, false, false, false]);
  });

  test('take a person’s word where nothing was measured', () => {
    const said = believe({ part: node('cart'), outcome: 'gone' });
    expect(shareOf(said, node('cart'))).toBeGreaterThan(2 * shareOf(believe(), node('cart')));
    expect(shareOf(believe({ part: node('cart'), outcome: 'same' }), node('cart'))).toBeLessThan(0.02);
    expect(said.steps[0]!.verdict.outcome).toBe('gone');
  });

  test('trust coarse and shaky figures less', () => {
    const shaky = (samples: number) => {
      const board = boardWith(SHOP, { part: node('cart'), was: 300, is: 105 });
      for (const side of ['before', 'after'] as const) {
        const id = `x0-${side}`;
        board.snapshots[id] = snapshot(id, side === 'before' ? 300 : 105, { samples });
      }
      return shareOf(beliefs(board, { symptom: SYMPTOM, usual: USUAL }), node('stock'));
    };
    expect(shaky(10)).toBeGreaterThan(2 * shaky(2000));
  });

  test('trust the symptom no more than figures that have nothing to do with it', () => {
    const others = (id: string, at: number, p95: number, by: number): Snapshot => {
      const all = Array.from({ length: 12 }, (_, i) => {
        const subject: Subject = { type: 'edge', id: `other-${i}` };
        return snapshot(id, 50 * (i % 2 ? by : 1 / by), { subject }).readings;
      });
      return { ...snapshot(id, p95), at, readings: [...snapshot(id, p95).readings, ...all.flat()] };
    };
    const share = (by: number) => {
      const board = boardWith(SHOP, { part: node('cart'), was: 300, is: 105 });
      const usual = others('usual', AT - 9e6, 100, 1);
      const now = others('now', AT + 9e6, 300, by);
      return shareOf(beliefs(board, { symptom: SYMPTOM, usual, now }), node('stock'));
    };
    expect(share(2)).toBeGreaterThan(2 * share(1.02));
  });

  test('know that one instance mended of several leaves the others as they are', () => {
    const two = structuredClone(SHOP);
    two.nodes.cart!.instances = 2;
    const readings = ['cart-1', 'cart-2'].flatMap((instance) =>
      snapshot('usual', 50, { subject: { type: 'node', id: 'cart' } }).readings.map((each) => ({
        ...each,
        instance,
      })),
    );
    const usual = { ...USUAL, readings: [...USUAL.readings, ...readings] };
    const instance: Part = { type: 'instance', id: 'cart', instance: 'cart-1' };
    const mended = (is: number) =>
      beliefs(boardWith(two, { part: instance, action: 'restored', was: 800, is }), {
        symptom: SYMPTOM,
        usual,
      });
    const [gone, stays] = [mended(100), mended(790)];
    expect(shareOf(gone, instance)).toBeGreaterThan(3 * shareOf(gone, node('cart')));
    expect(shareOf(gone, node('cart'))).toBeGreaterThan(3 * shareOf(gone, node('stock')));
    expect(shareOf(stays, node('cart'))).toBeGreaterThan(0.5 * shareOf(stays, node('stock')));
    expect(shareOf(stays, instance)).toBeLessThan(shareOf(stays, node('cart')) / 10);
  });

  test('call nothing shared because it wanders: it takes a change that no single part would bring', () => {
    const wandering: Tried[] = ['cart', 'stock', 'gateway', 'db', 'orders'].flatMap((id, i): Tried[] => [
      { part: node(id), was: 110 + 8 * i, is: 104 + 5 * (i % 3) },
      { part: node(id), action: 'restored', was: 118 - 4 * i, is: 112 - 6 * (i % 2) },
    ]);
    expect(believe(...wandering).spread).toBeLessThan(0.1);
  });

  test('always add up to 1, whatever was tried, and whatever came of it', () => {
    const parts = [...Object.keys(SHOP.nodes).map(node), ...Object.keys(SHOP.edges).map(edge)];
    const level = fc.double({ min: 1, max: 5000, noNaN: true });
    const tried = fc.record({
      part: fc.constantFrom(...parts),
      action: fc.constantFrom(...ACTIONS),
      was: level,
      is: level,
    });
    fc.assert(
      fc.property(fc.array(tried, { maxLength: 6 }), fc.option(level), (all, usual) => {
        const board = boardWith(SHOP, ...all);
        const state = beliefs(board, {
          symptom: SYMPTOM,
          usual: usual === null ? null : snapshot('u', usual),
        });
        expect(sum(state.candidates.map(({ share }) => share)) + state.spread + state.undrawn).toBeCloseTo(1);
        for (const { share } of state.candidates) expect(share).toBeGreaterThanOrEqual(0);
        for (const { bits, cost, part } of nextBest(SHOP, state)) {
          expect(bits).toBeGreaterThan(0);
          expect(bits).toBeLessThan(6);
          expect(cost).toBeGreaterThan(0);
          expect(partName(SHOP, part)).not.toBe('');
        }
      }),
      { numRuns: 60 },
    );
  });

  test('tell the ranking what they add', () => {
    const told = toldBy(believe({ part: node('cart'), was: 800, is: 95 }));
    const of = (id: string) => told.find(({ subject }) => subject.id === id)!.nats;
    expect(of('cart')).toBeGreaterThan(0);
    expect(of('stock')).toBeLessThan(-1);
    expect(toldBy(believe())).toEqual([]);
  });
});

describe('what to try next', () => {
  const first = (board: Board) =>
    nextBest(
      board,
      beliefs(boardWith(board), { symptom: SYMPTOM, usual: USUAL, now: snapshot('now', 800) }),
    )[0]!;

  test('halves what is in doubt, and keeps the symptom measurable', () => {
    const { bits, goes, part } = first(SHOP);
    expect(bits).toBeGreaterThan(0.6);
    expect(goes).toBeGreaterThan(0.25);
    expect(goes).toBeLessThan(0.75);
    for (const each of partsOf(part)) expect(['web', 'web-gateway']).not.toContain(each.id);
  });

  test('never is what cannot be taken out, and rather what costs little', () => {
    const never: Board = {
      ...SHOP,
      nodes: Object.fromEntries(
        Object.values(SHOP.nodes).map((each) => [each.id, { ...each, takeOut: 'never' as const }]),
      ),
    };
    for (const { part } of nextBest(
      never,
      beliefs(boardWith(never), { symptom: SYMPTOM, usual: USUAL, now: snapshot('now', 800) }),
    ))
      for (const { type } of partsOf(part)) expect(type).toBe('edge');
    const dear: Board = {
      ...SHOP,
      nodes: { ...SHOP.nodes, cart: { ...SHOP.nodes.cart!, takeOut: 50 } },
      edges: { ...SHOP.edges, 'gateway-cart': { ...SHOP.edges['gateway-cart']!, takeOut: 50 } },
    };
    expect(partsOf(first(dear).part).map(({ id }) => id)).not.toContain('cart');
  });
});

describe('a plan', () => {
  const now = snapshot('now', 800);
  const plan = (part: Part, action: Action) =>
    planOf(SHOP, { part, action, symptom: SYMPTOM, now, usual: USUAL });

  test('says what goes with it, and what will be seen', () => {
    const { cutsOff, ifGuilty, ifNot, isMeasurable, fails } = plan(node('cart'), 'stubbed');
    expect(cutsOff).toEqual({
      entries: ['web'],
      dependants: expect.arrayContaining(['gateway', 'web']),
      unreached: expect.arrayContaining(['orders', 'packer']),
    });
    expect(cutsOff.unreached).not.toContain('db');
    expect([isMeasurable, fails]).toEqual([true, false]);
    expect(ifGuilty!.value).toBeLessThan(105);
    expect(ifNot!.value).toBeGreaterThan(700);
    expect(ifGuilty!.high).toBeLessThan(ifNot!.low);
  });

  test('knows when nothing could be measured any more', () => {
    expect(plan(node('gateway'), 'stopped').isMeasurable).toBe(false);
    expect(plan(node('web'), 'stubbed').isMeasurable).toBe(false);
    expect(plan(edge('web-gateway'), 'stubbed').isMeasurable).toBe(false);
    expect(plan(edge('web-gateway'), 'bypassed').isMeasurable).toBe(true);
    expect(plan(node('gateway'), 'stubbed').isMeasurable).toBe(true);
  });

  test('reads as sentences', () => {
    expect(planSentences(SHOP, plan(node('cart'), 'stubbed'))).toEqual([
      'With cart out, nothing reaches orders and packer any more.',
      'Gateway and web will notice.',
      expect.stringMatching(
        /^If it is guilty, p95 of web → gateway goes from 798 ms to about \d+(\.\d)? ms \(.+\); if not, to about \d+ ms \(.+\)/,
      ),
    ]);
    expect(
      planSentences(
        SHOP,
        planOf(SHOP, { part: node('db'), action: 'restored', symptom: SYMPTOM, now: null, usual: null }),
      ),
    ).toEqual([
      'p95 of web → gateway is not measured now: what would be seen can’t be said.',
      'Everything else goes on as it does.',
    ]);
  });
});
