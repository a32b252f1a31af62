/** The board speaks of one instance: what is told apart says so, what is not stays as it is. */
import { describe, expect, it } from 'vitest';
import { type Board, emptyBoard, type Reading, type Subject } from '../../src/graph/index.ts';
import { instanceReadings, type Routes, runAction, spreadAt } from '../../src/workspace/index.ts';
import { NO_ROUTES, workspaceOf } from './made.ts';

const NOW = 100_000;
const edge = (id: string): Subject => ({ type: 'edge', id });
const reading = (change: Partial<Reading>): Reading => ({
  subject: edge('ab'),
  metric: 'latency',
  value: { type: 'samples', values: [10] },
  at: NOW,
  window: 1000,
  instance: null,
  instances: null,
  side: 'callee',
  samples: 1,
  provenance: { source: 'sim', label: 'Simulator', simulated: true },
  ...change,
});
const samples = (...values: number[]): Reading['value'] => ({ type: 'samples', values });

function board(): Board {
  const drawn = emptyBoard('b');
  for (const id of ['a', 'b', 'c']) drawn.nodes[id] = { id, name: id, kind: 'service', position: [0, 0] };
  for (const [id, source, target] of [
    ['ab', 'a', 'b'],
    ['cb', 'c', 'b'],
  ] as const)
    drawn.edges[id] = { id, source, target, kind: 'call' };
  return drawn;
}

function open(readings: readonly Reading[]) {
  const widths: ReadonlyMap<string, number>[] = [];
  const routes: Routes = { ...NO_ROUTES, update: (_, wide) => widths.push(wide) };
  const workspace = workspaceOf(board(), { now: () => NOW, routes });
  workspace.readings.put(readings);
  return { workspace, widths };
}

const TOLD = [
  reading({ value: samples(10, 900), instances: 2 }),
  reading({ instance: 'b-1', value: samples(10) }),
  reading({ instance: 'b-2', value: samples(900) }),
  reading({ subject: edge('cb'), value: samples(20) }),
];

describe('speaking of one instance', () => {
  it('changes what is told apart, its pill and the room for it, and nothing else; and back', () => {
    const { workspace, widths } = open(TOLD);
    const texts = () => ['ab', 'cb'].map((id) => workspace.labels.of(id).text);
    const before = texts();
    expect(before[1]).toBe('20 ms');
    let told = 0;
    workspace.readings.subscribe(() => told++);
    workspace.session({ instance: 'b-2' });
    expect(told).toBe(1);
    expect(texts()).toEqual(['900 ms · b-2', '20 ms']);
    expect([...widths.at(-1)!.keys()]).toEqual(['ab']);
    expect(workspace.readings.best(edge('ab'), 'latency', null)?.instances).toBe(2);
    runAction(workspace, 'view.all-instances');
    expect(workspace.use.getState().session.instance).toBeNull();
    expect(texts()).toEqual(before);
    expect(widths.at(-1)!.size).toBe(0);
  });

  it('is over with the board that it was chosen on', () => {
    const { workspace } = open(TOLD);
    workspace.session({ instance: 'b-2' });
    workspace.open(board());
    workspace.readings.put(TOLD);
    expect(workspace.labels.of('ab').text).not.toContain('b-2');
  });

  it('tells what comes in at it, and of no other', () => {
    const rate = (value: number, change: Partial<Reading> = {}) =>
      reading({ metric: 'rate', value, side: null, ...change });
    const { workspace } = open([
      rate(90, { instances: 2 }),
      rate(60, { instance: 'b-1' }),
      rate(30, { instance: 'b-2' }),
      rate(10, { subject: edge('cb'), instances: 1 }),
      rate(10, { subject: edge('cb'), instance: 'b-2' }),
    ]);
    const ratesOf = (id: string) =>
      workspace
        .nodeReadings(id)
        .filter(({ metric }) => metric === 'rate')
        .map(({ instance, value }) => [instance, value]);
    workspace.session({ instance: 'b-1' });
    expect(ratesOf('b')).toEqual([
      [null, 100],
      ['b-1', 60],
    ]);
    workspace.session({ instance: 'b-2' });
    expect(ratesOf('b')).toEqual([
      [null, 100],
      ['b-2', 40],
    ]);
    expect(ratesOf('a')).toEqual([[null, 90]]);
  });

  it('is a dash where an edge does not tell its instances apart', () => {
    const { workspace } = open([
      ...TOLD,
      reading({ metric: 'rate', value: 90, side: null }),
      reading({ metric: 'rate', value: 10, side: null, subject: edge('cb') }),
    ]);
    workspace.session({ instance: 'b-1' });
    const alone = workspace.nodeReadings('b').filter(({ instance }) => instance === 'b-1');
    expect(alone.map(({ metric }) => metric)).toEqual(['latency']);
  });

  it('never makes a node serve what one instance serves', () => {
    const rate = (value: number, change: Partial<Reading> = {}) =>
      reading({ metric: 'rate', value, side: null, ...change });
    const { workspace } = open([
      rate(90, { instances: 2 }),
      rate(45, { instance: 'b-1' }),
      rate(10, { subject: edge('cb') }),
    ]);
    workspace.session({ instance: 'b-1' });
    const served = workspace.nodeReadings('b').find(({ metric }) => metric === 'rate');
    expect(served).toMatchObject({ value: 100, instance: null });
    const caller = workspace.nodeReadings('a').find(({ metric }) => metric === 'rate');
    expect(caller).toMatchObject({ value: 90, instances: null });
  });
});

describe('instances beside each other', () => {
  it('on an edge as they are measured, on a node by the edges that come in', () => {
    const other = (instance: string, ms: number) =>
      reading({ subject: edge('cb'), instance, value: samples(ms) });
    const { workspace } = open([...TOLD, other('b-1', 10), other('b-2', 1100)]);
    expect(spreadAt(workspace, edge('ab'))?.figures.map(({ instance }) => instance)).toEqual(['b-2', 'b-1']);
    const node: Subject = { type: 'node', id: 'b' };
    expect(instanceReadings(workspace, node).map(({ instance, value }) => [instance, value])).toEqual([
      ['b-1', samples(10, 10)],
      ['b-2', samples(900, 1100)],
    ]);
    expect(spreadAt(workspace, node)?.skew).toBeGreaterThan(1.5);
    expect(spreadAt(workspace, { type: 'node', id: 'a' })).toBeNull();
  });

  it('one that is gone is not counted', () => {
    const gone = reading({ instance: 'b-0', value: samples(5), at: NOW - 60_000 });
    const { workspace } = open([...TOLD, gone]);
    expect(spreadAt(workspace, edge('ab'))?.figures).toHaveLength(2);
  });

  it('an edge without instances costs a look and no more', () => {
    const { workspace } = open([reading({ subject: edge('cb') })]);
    const list = workspace.readings.ofInstances(edge('cb'));
    workspace.readings.put([reading({ subject: edge('cb') })]);
    expect(workspace.readings.ofInstances(edge('cb'))).toBe(list);
    expect(spreadAt(workspace, edge('cb'))).toBeNull();
  });
});
