/** What parts are called to a person. */
import type { Id } from './fields.ts';
import type { Subject } from './reading.ts';
import type { Board } from './schema.ts';

type Parts = Pick<Board, 'nodes' | 'edges'>;

const UNNAMED = 'unnamed';
/** What a log speaks of may have been removed since. */
const GONE = 'a part that is gone';

const shared = new WeakMap<Board['nodes'], ReadonlySet<string>>();

/** Names that several nodes have. */
function sharedIn(nodes: Board['nodes']): ReadonlySet<string> {
  const known = shared.get(nodes);
  if (known) return known;
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of Object.values(nodes)) (seen.has(name) ? twice : seen).add(name);
  shared.set(nodes, twice);
  return twice;
}

/** `orders`; where several have that name `orders (topic)`. */
export function nodeName({ nodes }: Pick<Board, 'nodes'>, id: Id): string {
  const node = nodes[id];
  if (!node) return GONE;
  const name = node.name || UNNAMED;
  return sharedIn(nodes).has(node.name) ? `${name} (${node.kind})` : name;
}

/** `checkout → payments`; `between` is what stands in the middle. */
export function edgeName(board: Parts, id: Id, between = '→'): string {
  const edge = board.edges[id];
  return edge ? `${nodeName(board, edge.source)} ${between} ${nodeName(board, edge.target)}` : GONE;
}

export const subjectName = (board: Parts, { type, id }: Subject): string =>
  type === 'edge' ? edgeName(board, id) : nodeName(board, id);
