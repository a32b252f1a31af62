/** What a file shows of traffic: each part and edge of it was observed, there. */
import type { Board, Origin } from '../graph/index.ts';

export function observedIn<Graph extends Pick<Board, 'nodes' | 'edges'>>(file: string, graph: Graph): Graph {
  const origins: Origin[] = [{ how: 'observed', from: file.replace(/\.gz$/i, '').slice(0, 400) }];
  const seen = <T>(records: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(records).map(([id, record]) => [id, { ...record, origins }]));
  return { ...graph, nodes: seen(graph.nodes), edges: seen(graph.edges) };
}
