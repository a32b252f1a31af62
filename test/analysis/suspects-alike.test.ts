/** Who is named where several look alike: a wire and the part it ends at, an instance and its siblings, a queue and its worker. */
import { expect, it } from 'vitest';
import { rankSuspects, refutationSentence, suspectName } from '../../src/analysis/index.ts';
import { type Board, emptyBoard, type Reading } from '../../src/graph/index.ts';
import { reading, snapshot } from './reading.ts';

/** web → gateway ─► cart · catalog · orders; orders → queue → worker */
function shop(): Board {
  const board = emptyBoard('shop');
  const kinds = { web: 'client', queue: 'queue', worker: 'worker' } as const;
  for (const id of ['web', 'gateway', 'cart', 'catalog', 'orders', 'queue', 'worker'])
    board.nodes[id] = { id, name: id, kind: kinds[id as keyof typeof kinds] ?? 'service', position: [0, 0] };
  const edge = (source: string, target: string, kind: 'call' | 'publish' | 'consume' = 'call') => {
    const id = `${source}-${target}`;
    board.edges[id] = { id, source, target, kind };
  };
  for (const target of ['cart', 'catalog', 'orders']) edge('gateway', target);
  edge('web', 'gateway');
  edge('orders', 'queue', 'publish');
  edge('queue', 'worker', 'consume');
  return board;
}

const CALLED = ['cart', 'catalog', 'orders'] as const;
type Called = (typeof CALLED)[number];
const samples = (ms: number) => ({
  value: { type: 'samples' as const, values: Array.from({ length: 200 }, (_, i) => ms * (0.9 + i / 1000)) },
  samples: 200,
});

/** @param took of each service itself, and between the ends of the edge to it; milliseconds */
function figures(took: Record<Called, number>, wire: Record<Called, number>): Reading[] {
  const edge = (id: string, side: 'caller' | 'callee', ms: number, rate: number) => [
    reading({ subject: { type: 'edge', id }, side, ...samples(ms) }),
    reading({ subject: { type: 'edge', id }, side, metric: 'rate', value: rate }),
  ];
  const whole = CALLED.reduce((sum, id) => sum + (took[id] + wire[id]) / 3, 5);
  return [
    ...edge('web-gateway', 'caller', whole + 1, 30),
    ...edge('web-gateway', 'callee', whole, 30),
    ...CALLED.flatMap((id) => [
      ...edge(`gateway-${id}`, 'caller', took[id] + wire[id], 10),
      ...edge(`gateway-${id}`, 'callee', took[id], 10),
    ]),
  ];
}
const each = (ms: number): Record<Called, number> => ({ cart: ms, catalog: ms, orders: ms });
const first = (before: Reading[], now: Reading[]) =>
  rankSuspects(shop(), { before: snapshot(before), now: snapshot(now) })[0]!;

it('one slow wire is that wire, also where others at its end became a little slower', () => {
  const { subject } = first(
    figures(each(10), each(2)),
    figures(each(11), { cart: 300, catalog: 5, orders: 5 }),
  );
  expect(subject).toEqual({ type: 'edge', id: 'gateway-cart' });
});

it('wires that are all a little slower are not the cause where one service is slow by far more', () => {
  const { subject } = first(figures(each(10), each(2)), figures({ ...each(10), orders: 1500 }, each(8)));
  expect(subject).toEqual({ type: 'node', id: 'orders' });
});

it('wires that are all slow alike are slow at the part where they meet', () => {
  const { subject, reasons } = first(figures(each(10), each(2)), figures(each(10), each(300)));
  expect(subject).toEqual({ type: 'node', id: 'gateway' });
  expect(reasons.map(({ kind }) => kind)).toContain('network');
});

it('an instance is named that is slower than its siblings, and none that only caught up with them', () => {
  const instances = (...took: [string, number][]) =>
    took.map(([instance, ms]) =>
      reading({ subject: { type: 'node', id: 'catalog' }, side: 'callee', instance, ...samples(ms) }),
    );
  const before = [
    ...figures(each(10), each(2)),
    ...instances(['catalog-1', 12], ['catalog-2', 10], ['catalog-3', 6]),
  ];
  const slow = figures({ ...each(10), catalog: 300 }, each(2));
  const named = (now: Reading[]) => suspectName(shop(), first(before, now));
  expect(named([...slow, ...instances(['catalog-1', 310], ['catalog-2', 306], ['catalog-3', 311])])).toBe(
    'catalog',
  );
  expect(named([...slow, ...instances(['catalog-1', 12], ['catalog-2', 900], ['catalog-3', 6])])).toBe(
    'catalog-2 of catalog',
  );
});

it('what nobody waits for is felt where it lies, and what is not worse anywhere refutes nothing in figures', () => {
  const waits = (ms: number) =>
    reading({ subject: { type: 'node', id: 'queue' }, metric: 'queue wait', ...samples(ms) });
  const works = (ms: number) =>
    reading({ subject: { type: 'edge', id: 'queue-worker' }, side: 'callee', ...samples(ms) });
  const before = [...figures(each(10), each(2)), waits(2), works(20)];
  const now = [...figures(each(9), each(2)), waits(6000), works(1000)];
  const suspect = first(before, now);
  expect(suspect.subject).toEqual({ type: 'node', id: 'worker' });
  expect(suspect.refutedBy).toMatchObject({ symptom: { type: 'node', id: 'queue' }, metric: 'queue wait' });
  expect(refutationSentence(shop(), suspect)).toMatch(
    /^Without worker, wait in queue at queue should fall from 6(\.\d+)? s to about 2(\.\d+)? ms \(mean\);/,
  );
  const asked = rankSuspects(shop(), {
    ...{ before: snapshot(before), now: snapshot(now) },
    symptom: { type: 'node', id: 'queue' },
  });
  expect(asked[0]!.refutedBy).toEqual(suspect.refutedBy);
  const better = first(before, figures(each(5), each(2)));
  expect(refutationSentence(shop(), better)).toMatch(/^If nothing gets better without/);
});
