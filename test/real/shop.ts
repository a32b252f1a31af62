/** The real shop drawn by hand, and how each of Chalkline's sources sees it. */
import { readFile } from '../../src/formats/index.ts';
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  bindObserved,
  type EdgeKind,
  emptyBoard,
  type Metric,
  type NodeKind,
  type Reading,
  type SourceConfig,
  subjectKey,
} from '../../src/graph/index.ts';
import { createSource, machine, type SourceStatus } from '../../src/telemetry/index.ts';
import { EDGES } from './system/index.ts';
import { until } from './system/keep.ts';

const KINDS: Record<string, NodeKind> = {
  nginx: 'gateway',
  gateway: 'service',
  cart: 'service',
  catalog: 'service',
  orders: 'service',
  worker: 'worker',
  redis: 'cache',
  postgres: 'database',
  'rabbitmq (orders)': 'queue',
};

/** Ids are the names that the ground truth has; the queue is called as RabbitMQ calls it. */
export function shop(): Board {
  const nodes = Object.entries(KINDS).map(([id, kind]): BoardNode => {
    return { id, name: kind === 'queue' ? 'orders' : id, kind, position: [0, 0] };
  });
  const edges = EDGES.map((id): BoardEdge => {
    const [source, target] = id.split(' → ') as [string, string];
    return { id, source, target, kind: kindOf(KINDS[source]!, KINDS[target]!) };
  });
  const byId = <Item extends { id: string }>(items: Item[]) =>
    Object.fromEntries(items.map((each) => [each.id, each]));
  return { ...emptyBoard('shop'), nodes: byId(nodes), edges: byId(edges) };
}

function kindOf(source: NodeKind, target: NodeKind): EdgeKind {
  if (source === 'queue') return 'consume';
  if (target === 'queue') return 'publish';
  return target === 'cache' || target === 'database' ? 'query' : 'call';
}

const SHARED: Record<string, string> = {
  orders: 'orders (service)',
  'rabbitmq (orders)': 'orders (queue)',
};
/** What the page calls it: two have one name. */
export const called = (id: string): string => SHARED[id] ?? id;

type Records<Item> = readonly Item[] | Readonly<Record<string, Item>>;

/** A graph that something drew by itself, in the words of the ground truth. */
export function inWords(graph: { nodes: Records<BoardNode>; edges: Records<BoardEdge> }): string[] {
  const [nodes, edges] = [Object.values<BoardNode>(graph.nodes), Object.values<BoardEdge>(graph.edges)];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const word = (id: string) => {
    const { name, kind } = byId.get(id)!;
    if (kind === 'queue') return `rabbitmq (${name})`;
    return name === 'postgresql' ? 'postgres' : name;
  };
  return edges.map(({ source, target }) => `${word(source)} → ${word(target)}`).sort();
}

/** A Prometheus as a person would connect to it. */
export const prometheus = (url: string): SourceConfig => ({
  ...{ id: 'prometheus', name: 'Prometheus', type: 'prometheus', url },
  ...{ interval: 5_000, window: 30_000 },
});
export const PUSHED: SourceConfig = {
  id: 'pushed',
  name: 'OTLP',
  type: 'pushed',
  interval: 5_000,
  window: 30_000,
};

export type Sight = {
  status: SourceStatus;
  readings: readonly Reading[];
  /** The reading of all instances together. */
  of: (edge: string, metric: Metric, side?: Reading['side']) => Reading | undefined;
  ofNode: (node: string, metric: Metric) => Reading | undefined;
  /** Edges with a figure. */
  edges: string[];
};

/** What a source says, once it is live, of the window (ms) that ends at a time. */
export async function lookThrough(
  config: SourceConfig,
  server: string,
  { at, window }: { at: number; window: number },
): Promise<Sight> {
  const board = shop();
  const source = createSource(config, { ...machine, server });
  let status: SourceStatus | undefined;
  source.start({
    board: () => board,
    emit: () => {},
    status: (now) => {
      status = now;
    },
  });
  try {
    await until(`${config.name} is live`, 20_000, async () => status?.state === 'live');
    const stretch = { from: at, to: at, step: window, window };
    const frames = await source.history!(stretch, AbortSignal.timeout(20_000));
    if (!frames.ok) throw new Error(frames.reason);
    return sightOf(
      frames.value.flatMap(({ readings }) => readings),
      status!,
    );
  } finally {
    source.stop();
  }
}

function sightOf(readings: readonly Reading[], status: SourceStatus): Sight {
  const whole = readings.filter(({ instance, operation }) => instance === null && operation === undefined);
  const find = (key: string, metric: Metric, side?: Reading['side']) =>
    whole.find(
      (each) =>
        subjectKey(each.subject) === key &&
        each.metric === metric &&
        (side === undefined || each.side === side),
    );
  const edges = whole.filter(({ subject }) => subject.type === 'edge').map(({ subject }) => subject.id);
  return {
    status,
    readings,
    of: (edge, metric, side) => find(`edge:${edge}`, metric, side),
    ofNode: (node, metric) => find(`node:${node}`, metric),
    edges: [...new Set(edges)].sort(),
  };
}

/** What a file draws that is dropped on the page. */
export function drop(name: string, text: string) {
  let ids = 0;
  const file = { name, bytes: new TextEncoder().encode(text) };
  const read = readFile(file, { newId: () => `id-${ids++}`, now: Date.now() });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read;
}

/** Its figures on the shop as it is drawn here. */
export function dropped(name: string, text: string): Sight {
  const { board, readings } = drop(name, text);
  const bound = bindObserved(shop(), { ...board, readings });
  const status = { state: 'static', lastAnswer: null, label: name, simulated: false } as const;
  return sightOf(bound.readings, { ...status, unbound: bound.unbound });
}
