/** Sketching from a node on: a new one beside it, joined to it. */

import type { Id } from '../fields.ts';
import {
  EDGE_ROOM,
  freePlace,
  groupRects,
  inflate,
  nodeRect,
  overlaps,
  type Size,
  sizeOfKind,
} from '../geometry.ts';
import { type Patch, squashPatches } from '../patch.ts';
import { type Board, type BoardNode, COORDINATE_LIMIT, type NodeKind, type Point } from '../schema.ts';
import { type Heading, stepOf } from '../walk.ts';
import { addNode, connect } from './nodes.ts';

const NEXT: Partial<Record<NodeKind, NodeKind>> = { queue: 'worker', topic: 'worker', broker: 'worker' };

/** What most likely comes after a part: what reads from a queue is a worker, the rest are services. */
export const kindAfter = (kind: NodeKind): NodeKind => NEXT[kind] ?? 'service';

/** Space between neighbours of one node. */
const GAP = 28;
/** Space kept to everything else. */
const CLEAR = 24;
/** Places tried to each side of the straight way before looking anywhere. */
const TRIED = 8;

/** Adds a node beside another one, at the first free place from the straight way outwards, and an edge to it. */
export function addNeighbour(
  board: Board,
  args: { node: Id; edge: Id; from: Id; heading: Heading; kind?: NodeKind },
): Patch {
  const from = board.nodes[args.from];
  if (!from) return {};
  const kind = args.kind ?? kindAfter(from.kind);
  const position = placeTowards(board, from, sizeOfKind(kind), args.heading);
  const added = addNode(board, {
    id: args.node,
    kind,
    position,
    ...(from.group !== undefined && { group: from.group }),
  });
  const node = added.nodes!.added![args.node]!;
  const joined = connect(
    { ...board, nodes: { ...board.nodes, [node.id]: node } },
    { id: args.edge, source: from.id, target: node.id },
  );
  return squashPatches([added, joined]);
}

/** Unlike `placeBeside` it never goes round to another side: that is where the person pointed. */
function placeTowards(board: Board, from: BoardNode, size: Size, heading: Heading): Point {
  const [sx, sy] = stepOf(heading);
  const { x, y, width, height } = nodeRect(from);
  const away: Point = [
    x + (width - size.width) / 2 + sx * ((width + size.width) / 2 + EDGE_ROOM.level),
    y + (height - size.height) / 2 + sy * ((height + size.height) / 2 + EDGE_ROOM.upright),
  ];
  const aside = [Math.abs(sy) * (size.width + GAP), Math.abs(sx) * (size.height + GAP)] as const;
  const groups = [...groupRects(board)].filter(([id]) => id !== from.group).map(([, rect]) => rect);
  const taken = [...Object.values(board.nodes).map(nodeRect), ...groups].map((rect) => inflate(rect, CLEAR));
  for (let i = 0; i <= 2 * TRIED; i++) {
    const steps = (i % 2 === 0 ? -1 : 1) * Math.ceil(i / 2);
    const [px, py] = within([away[0] + steps * aside[0], away[1] + steps * aside[1]]);
    if (!taken.some((rect) => overlaps(rect, { x: px, y: py, ...size }))) return [px, py];
  }
  return freePlace(board, within(away), size);
}

const within = ([x, y]: Point): Point => [clamp(x), clamp(y)];
/** The 0 added makes 0 of -0, which JSON does not keep. */
const clamp = (value: number) =>
  Math.max(-COORDINATE_LIMIT, Math.min(COORDINATE_LIMIT, Math.round(value))) + 0;
