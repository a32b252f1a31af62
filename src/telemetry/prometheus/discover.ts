/** The system that a Prometheus' service-graph metrics tell of, as nodes and edges to be drawn. */
import {
  type BoardEdge,
  type BoardNode,
  type Id,
  type NodeKind,
  type Point,
  sizeOfKind,
} from '../../graph/index.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { withDeadline } from '../polling.ts';
import { type Env, machine } from '../source.ts';
import { createClient } from './client.ts';
import { findPrefix, labelOf, NO_METRICS, type PrometheusConfig } from './poll.ts';
import { DIALECT, edgesQuery, kindOf, VIRTUAL_CLIENT } from './servicegraph.ts';

export type Discovered = { graph: { nodes: BoardNode[]; edges: BoardEdge[] }; dialect: string };

const DEADLINE = 10_000;

/**
 * Asks once. Positions are a plain grid: layout places them properly.
 * @param newId makes ids that are not on the board
 */
export async function discoverPrometheus(
  config: PrometheusConfig,
  newId: () => Id,
  env: Env = machine,
  signal?: AbortSignal,
): Promise<Outcome<Discovered>> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  const outcome = await withDeadline<Discovered>(DEADLINE, env, controller, async (pace, met) => {
    const client = createClient(config.url, env, pace, controller.signal);
    const at = env.now();
    const prefix = await findPrefix(client, at, config.window);
    if (!prefix.ok) return prefix;
    if (prefix.value === null) return failure(NO_METRICS);
    const series = await client.vector(edgesQuery(prefix.value, config.window), at);
    met();
    if (!series.ok) return series;
    const graph = graphOf(
      series.value.map(({ labels }) => labels),
      newId,
    );
    if (graph.edges.length > 0) return success({ graph, dialect: DIALECT });
    return failure(`saw no traffic between services in the last ${config.window / 1000} s`);
  });
  signal?.removeEventListener('abort', abort);
  return outcome.ok ? outcome : failure(`${labelOf(config.url)} ${outcome.reason}.`);
}

type Labels = Readonly<Record<string, string>>;

function graphOf(series: readonly Labels[], newId: () => Id): Discovered['graph'] {
  const seen = series.filter(({ client, server }) => client && server);
  const kinds = new Map<string, NodeKind>();
  for (const { client, server, connection_type: connection } of seen) {
    // What calls or is called as a service is one, whatever else it is also called.
    if (connection === 'virtual_node' && client === VIRTUAL_CLIENT) atMost(kinds, client, 'client');
    else kinds.set(client!, 'service');
    if (connection === 'database') atMost(kinds, server!, 'database');
    else if (connection === 'virtual_node' && client !== VIRTUAL_CLIENT) atMost(kinds, server!, 'external');
    else kinds.set(server!, 'service');
  }
  const names = [...kinds.keys()].sort();
  const columns = Math.ceil(Math.sqrt(names.length));
  const ids = new Map<string, Id>();
  const nodes = names.map((name, i): BoardNode => {
    const id = newId();
    ids.set(name, id);
    return { id, name, kind: kinds.get(name)!, position: gridPlace(i, columns) };
  });
  const edges = new Map<string, BoardEdge>();
  for (const { client, server, connection_type: connection = '' } of seen) {
    const kind = kindOf(connection);
    const key = JSON.stringify([client, server, kind]);
    if (client === server || edges.has(key)) continue;
    edges.set(key, { id: newId(), source: ids.get(client!)!, target: ids.get(server!)!, kind });
  }
  return { nodes, edges: [...edges.values()] };
}

function atMost(kinds: Map<string, NodeKind>, name: string, kind: NodeKind): void {
  if (!kinds.has(name)) kinds.set(name, kind);
}

const GAP = 72;

function gridPlace(i: number, columns: number): Point {
  const { width, height } = sizeOfKind('service');
  return [(i % columns) * (width + GAP), Math.floor(i / columns) * (height + GAP)];
}
