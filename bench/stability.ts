/** What moves when a node is added to a board of 40 that is laid out already, fifteen times. */
import {
  addNode,
  applyLayout,
  applyPatch,
  type Board,
  centreOf,
  connect,
  nodeRect,
  type Point,
  placeBeside,
} from '../src/graph/index.ts';
import { tidy } from '../src/layout/index.ts';
import { cornersOf, type Drawing, flippedPairs, meanShift, onto } from './drawing.ts';
import { randomBoard } from './graphs.ts';
import { withDagre, withElkDefaults, withOurs } from './layouters.ts';
import { atMost, type Row, row } from './row.ts';

const SEEDS = 15;
const NODES = 40;
const EDGES_PER_NODE = 1.5;

type Moved = { shift: number; flips: number };

export async function stabilityRows(): Promise<Row[]> {
  const sums: Record<'beside' | 'tidy' | 'elk' | 'dagre', Moved> = {
    beside: { shift: 0, flips: 0 },
    tidy: { shift: 0, flips: 0 },
    elk: { shift: 0, flips: 0 },
    dagre: { shift: 0, flips: 0 },
  };
  for (let seed = 1; seed <= SEEDS; seed++) {
    const sketched = randomBoard(NODES, EDGES_PER_NODE, seed);
    const { board } = await withOurs(sketched);
    const add = (which: keyof typeof sums, before: Drawing['corners'], after: Drawing['corners']) => {
      sums[which].shift += meanShift(before, after) / SEEDS;
      sums[which].flips += flippedPairs(sketched.nodes, before, after) / SEEDS;
    };
    const before = cornersOf(board);
    const [source, target] = endsFor(board, seed);
    const place = placeBeside(board, { kind: 'service', sources: [source], targets: [target] });
    add('beside', before, cornersOf(grown(board, source, target, place)));
    add('tidy', before, cornersOf(tidied(grown(board, source, target, between(board, source, target)))));

    const more = grown(sketched, source, target, place);
    const elk = (await withElkDefaults(sketched)).corners;
    add('elk', elk, onto(elk, (await withElkDefaults(more)).corners));
    const dagre = withDagre(sketched).corners;
    add('dagre', dagre, onto(dagre, withDagre(more).corners));
  }
  return (['elk', 'dagre'] as const).flatMap((peer) => {
    const peerName = peer === 'elk' ? 'ELK default' : 'dagre';
    const figures = (name: string, which: 'beside' | 'tidy', bars: [number, number]) => [
      row(
        {
          name: `a node added to ${NODES}, ${name}: mean shift`,
          ours: sums[which].shift,
          peer: sums[peer].shift,
          peerName,
          unit: 'px',
        },
        atMost(bars[0]),
      ),
      row(
        {
          name: `a node added to ${NODES}, ${name}: flipped pairs`,
          ours: sums[which].flips,
          peer: sums[peer].flips,
          peerName,
          unit: '%',
        },
        atMost(bars[1]),
      ),
    ];
    return [...figures('placed beside', 'beside', [0, 0]), ...figures('tidied', 'tidy', [35, 2])];
  });
}

/** Two nodes that the new one will stand between. */
function endsFor(board: Board, seed: number): [string, string] {
  const ids = Object.keys(board.nodes);
  const source = ids[(seed * 7) % ids.length]!;
  const others = ids.filter((id) => id !== source);
  return [source, others[(seed * 13 + 5) % others.length]!];
}

/** As a careless hand drops it: in the middle of the two, whatever stands there. */
function between(board: Board, source: string, target: string): Point {
  const [a, b] = [centreOf(nodeRect(board.nodes[source]!)), centreOf(nodeRect(board.nodes[target]!))];
  return [Math.round((a[0] + b[0]) / 2), Math.round((a[1] + b[1]) / 2)];
}

/** With one node and two edges more. */
function grown(board: Board, source: string, target: string, position: Point): Board {
  let next = applyPatch(board, addNode(board, { id: 'new', kind: 'service', name: 'new', position })).board;
  next = applyPatch(next, connect(next, { id: 'into', source, target: 'new' })).board;
  return applyPatch(next, connect(next, { id: 'out', source: 'new', target })).board;
}

const tidied = (board: Board): Board => applyPatch(board, applyLayout(board, tidy(board))).board;
