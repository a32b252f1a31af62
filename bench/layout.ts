/**
 * Layout beside dagre, in one run on one machine: only the ratio carries over. Both get the same boards in turn,
 * warm; times are the fastest of the runs, crossings are counted the same way on the drawn routes.
 */
import dagre from '@dagrejs/dagre';
import ELK, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type Board, type Point, sizeOfKind } from '../src/graph/index.ts';
import { createLayoutEngine } from '../src/layout/index.ts';
import { createElk } from '../src/layout/node.ts';
import { randomBoard } from './graphs.ts';

export type Row = {
  name: string;
  ours: number;
  peer: number;
  peerName: string;
  unit: string;
  /** ours ÷ peer. */
  ratio: number;
  bar: string;
  ok: boolean;
};

type Drawn = { ms: number; paths: Point[][] };

const EDGES_PER_NODE = 1.6;

export async function layoutRows(): Promise<Row[]> {
  const engine = createLayoutEngine({ createElk });
  const ours = async (board: Board): Promise<Drawn> => {
    const start = performance.now();
    const result = await engine.layout(board, { direction: 'RIGHT', deadline: 300_000 });
    const ms = performance.now() - start;
    if (result.outcome !== 'done') throw new Error(`layout of ${board.id}: ${JSON.stringify(result)}`);
    return { ms, paths: Object.values(result.routes).map(({ points }) => points) };
  };
  const warmUp = randomBoard(150, EDGES_PER_NODE, 99);
  for (let i = 0; i < 3; i++) {
    await ours(warmUp);
    withDagre(warmUp);
  }

  const small = [1, 2, 3].map((seed) => randomBoard(200, EDGES_PER_NODE, seed));
  const large = [randomBoard(1000, EDGES_PER_NODE, 1)];
  const at200 = await sideBySide(small, 6, ours);
  const at1000 = await sideBySide(large, 1, ours);
  let elkCrossings = 0;
  for (const board of small) elkCrossings += crossings((await withElkDefaults(board)).paths);
  engine.dispose();

  return [
    row('layout, 200 nodes: time', at200.ours.ms, at200.dagre.ms, 'dagre', 'ms', 0.7),
    row('layout, 200 nodes: crossings', at200.ours.crossings, elkCrossings, 'ELK default', 'crossings', 1),
    row('layout, 200 nodes: crossings', at200.ours.crossings, at200.dagre.crossings, 'dagre', 'crossings'),
    row('layout, 1,000 nodes: time', at1000.ours.ms, at1000.dagre.ms, 'dagre', 'ms', 0.2),
    row(
      'layout, 1,000 nodes: crossings',
      at1000.ours.crossings,
      at1000.dagre.crossings,
      'dagre',
      'crossings',
    ),
  ];
}

/** A row without a limit is shown for comparison only. */
function row(name: string, ours: number, peer: number, peerName: string, unit: string, limit?: number): Row {
  const ratio = ours / peer;
  const bar = limit === undefined ? 'none' : `≤ ${limit} × ${peerName}`;
  return { name, ours, peer, peerName, unit, ratio, bar, ok: limit === undefined || ratio <= limit };
}

type Sum = { ms: number; crossings: number };

/** For each board the fastest of `runs` runs of each, in turn; summed over the boards. */
async function sideBySide(
  boards: Board[],
  runs: number,
  ours: (board: Board) => Promise<Drawn>,
): Promise<{ ours: Sum; dagre: Sum }> {
  const sum = { ours: { ms: 0, crossings: 0 }, dagre: { ms: 0, crossings: 0 } };
  for (const board of boards) {
    const times: { ours: number[]; dagre: number[] } = { ours: [], dagre: [] };
    for (let run = 0; run < runs; run++) {
      const drawn = { ours: await ours(board), dagre: withDagre(board) };
      for (const which of ['ours', 'dagre'] as const) {
        times[which].push(drawn[which].ms);
        if (run === 0) sum[which].crossings += crossings(drawn[which].paths);
      }
    }
    sum.ours.ms += Math.min(...times.ours);
    sum.dagre.ms += Math.min(...times.dagre);
  }
  return sum;
}

function withDagre(board: Board): Drawn {
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
  return { ms, paths };
}

async function withElkDefaults(board: Board): Promise<Drawn> {
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
  return { ms: performance.now() - start, paths };
}

/** How often runs of different routes properly cross (touching and lying on one another do not count). */
function crossings(paths: readonly Point[][]): number {
  const runs = paths
    .flatMap((path, route) => path.slice(1).map((to, i) => ({ from: path[i]!, to, route })))
    .sort((a, b) => Math.min(a.from[0], a.to[0]) - Math.min(b.from[0], b.to[0]));
  let count = 0;
  runs.forEach((a, i) => {
    const right = Math.max(a.from[0], a.to[0]);
    for (let j = i + 1; j < runs.length; j++) {
      const b = runs[j]!;
      if (Math.min(b.from[0], b.to[0]) > right) break;
      if (a.route === b.route) continue;
      const separates = (p: typeof a, q: typeof a) =>
        turn(p.from, p.to, q.from) * turn(p.from, p.to, q.to) < 0;
      if (separates(a, b) && separates(b, a)) count++;
    }
  });
  return count;
}

const turn = (a: Point, b: Point, c: Point): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
