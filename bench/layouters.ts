/** Ours and the peers, each from the same board to a drawing. */
import dagre from '@dagrejs/dagre';
import ELK, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { applyLayout, applyPatch, type Board, type Point, sizeOfKind } from '../src/graph/index.ts';
import { createLayoutEngine } from '../src/layout/index.ts';
import { createElk } from '../src/layout/node.ts';
import { cornersOf, type Drawing } from './drawing.ts';

const engine = createLayoutEngine({ createElk });

export async function withOurs(board: Board): Promise<Drawing & { board: Board }> {
  const start = performance.now();
  const result = await engine.layout(board, { direction: 'RIGHT', deadline: 300_000 });
  const ms = performance.now() - start;
  if (result.outcome !== 'done') throw new Error(`layout of ${board.id}: ${JSON.stringify(result)}`);
  const laidOut = applyPatch(board, applyLayout(board, result)).board;
  const paths = Object.values(result.routes).map(({ points }) => points);
  return { ms, corners: cornersOf(laidOut), paths, board: laidOut };
}

export function withDagre(board: Board): Drawing {
  const start = performance.now();
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR' });
  for (const node of Object.values(board.nodes)) graph.setNode(node.id, { ...sizeOfKind(node.kind) });
  for (const edge of Object.values(board.edges)) graph.setEdge(edge.source, edge.target, {}, edge.id);
  dagre.layout(graph);
  const ms = performance.now() - start;
  const paths = graph
    .edges()
    .map((edge) => (graph.edge(edge).points as { x: number; y: number }[]).map(({ x, y }): Point => [x, y]));
  const corners = Object.values(board.nodes).map(({ id, kind }) => {
    const { x, y } = graph.node(id) as { x: number; y: number };
    const { width, height } = sizeOfKind(kind);
    return [id, [x - width / 2, y - height / 2]] as const;
  });
  return { ms, corners: new Map(corners as (readonly [string, Point])[]), paths };
}

export async function withElkDefaults(board: Board): Promise<Drawing> {
  const start = performance.now();
  const graph: ElkNode = await new ELK().layout({
    id: 'root',
    layoutOptions: { 'elk.algorithm': 'layered' },
    children: Object.values(board.nodes).map((node) => ({ id: node.id, ...sizeOfKind(node.kind) })),
    edges: Object.values(board.edges).map(({ id, source, target }) => ({
      id,
      sources: [source],
      targets: [target],
    })),
  });
  const paths = (graph.edges ?? []).flatMap(({ sections }) =>
    (sections ?? []).map((section) =>
      [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }): Point => [x, y]),
    ),
  );
  const ms = performance.now() - start;
  const corners = (graph.children ?? []).map(({ id, x = 0, y = 0 }): [string, Point] => [id, [x, y]]);
  return { ms, corners: new Map(corners), paths };
}
