/** Random boards for benches and tests: layered like a microservice system, the same for the same seed. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Board, edgeKindBetween, emptyBoard, type NodeKind } from '../src/graph/index.ts';

/** Share of all nodes up to which a kind reaches, and the depths it spans; traffic flows to greater depths. */
const TIERS: { upTo: number; kinds: NodeKind[]; depth: number; depths: number }[] = [
  { upTo: 0.02, kinds: ['client'], depth: 0, depths: 1 },
  { upTo: 0.06, kinds: ['gateway', 'load balancer'], depth: 1, depths: 1 },
  { upTo: 0.6, kinds: ['service', 'service', 'service', 'function'], depth: 2, depths: 4 },
  { upTo: 0.68, kinds: ['topic', 'queue'], depth: 6, depths: 1 },
  { upTo: 0.78, kinds: ['worker'], depth: 7, depths: 1 },
  { upTo: 0.97, kinds: ['database', 'cache', 'storage'], depth: 8, depths: 1 },
  { upTo: 1, kinds: ['external'], depth: 8, depths: 1 },
];
const NODES_PER_DOMAIN = 12;
const WITHIN_DOMAIN = 0.75;
const BACKWARD = 0.05;
/** Stores and externals call nobody; a call skips at most so many depths. */
const DEEPEST_CALLER = 7;
const LONGEST_STEP = 5;
/** Distance of neighbouring cards' corners. */
const CELL = { width: 288, height: 128 };

type Part = { id: string; kind: NodeKind; depth: number; domain: number };

/**
 * A board of `nodes` nodes and `round(nodes × edgesPerNode)` edges (fewer only where a small board has no
 * more pairs), standing on a grid without overlaps. Most edges go forward and stay within a domain of about
 * a dozen nodes.
 */
export function randomBoard(nodes: number, edgesPerNode: number, seed: number): Board {
  const rng = xoroshiro128plus(seed);
  const int = (below: number) => uniformInt(rng, 0, below - 1);
  const chance = (probability: number) => uniformFloat64(rng) < probability;
  const board = emptyBoard(`random-${nodes}-${seed}`, `Random board ${seed}`);
  const domains = Math.max(1, Math.round(nodes / NODES_PER_DOMAIN));
  const parts: Part[] = [];

  const columns = Math.ceil(Math.sqrt((nodes * 1.6 * CELL.height) / CELL.width));
  const rows = Math.ceil(nodes / columns);
  for (let i = 0; i < nodes; i++) {
    const tier = TIERS.find(({ upTo }) => (i + 0.5) / nodes < upTo) ?? TIERS.at(-1)!;
    const kind = tier.kinds[int(tier.kinds.length)]!;
    const id = `n${i}`;
    parts.push({ id, kind, depth: tier.depth + int(tier.depths), domain: int(domains) });
    board.nodes[id] = {
      id,
      kind,
      name: `${kind} ${i}`,
      position: [Math.floor(i / rows) * CELL.width, (i % rows) * CELL.height],
    };
  }

  const byDomain = Map.groupBy(parts, (part) => part.domain);
  const pairs = new Set<string>();
  const connectTo = (to: Part): boolean => {
    const near = chance(WITHIN_DOMAIN) ? byDomain.get(to.domain)! : parts;
    const from = near[int(near.length)]!;
    const isForward = from.depth < to.depth && to.depth - from.depth <= LONGEST_STEP;
    const isBackward = from.depth >= to.depth && from.depth <= DEEPEST_CALLER;
    const pair = `${from.id}>${to.id}`;
    if (from === to || pairs.has(pair) || !(chance(BACKWARD) ? isBackward : isForward)) return false;
    const id = `e${pairs.size}`;
    pairs.add(pair);
    board.edges[id] = { id, source: from.id, target: to.id, kind: edgeKindBetween(from.kind, to.kind) };
    return true;
  };
  const wanted = Math.round(nodes * edgesPerNode);
  for (const part of parts)
    for (let attempt = 0; attempt < 30 && pairs.size < wanted && !connectTo(part); ) attempt++;
  for (let attempt = 0; pairs.size < wanted && attempt < wanted * 200; attempt++)
    connectTo(parts[int(nodes)]!);
  return board;
}
