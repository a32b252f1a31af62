/** Boards made for tests, as files that anybody could have written. */

type MadeNode = { name: string; kind: string; position: [number, number]; pinned?: true };
type MadeEdge = { source: string; target: string };

const KINDS = ['service', 'service', 'gateway', 'worker', 'database', 'cache', 'queue', 'external'];
const COLUMN = 260;
const ROW = 120;

/** A board of `count` nodes in a grid, each calling the next few: as tangled as systems are. */
export function gridBoard(count: number, title = `${count} nodes`) {
  const columns = Math.ceil(Math.sqrt(count));
  const nodes: Record<string, MadeNode> = {};
  const edges: Record<string, MadeEdge> = {};
  const link = (source: number, target: number) => {
    if (source !== target && target < count)
      edges[`${source}-${target}`] = { source: `n${source}`, target: `n${target}` };
  };
  for (let i = 0; i < count; i++) {
    const position: [number, number] = [(i % columns) * COLUMN, Math.floor(i / columns) * ROW];
    nodes[`n${i}`] = { name: `part ${i}`, kind: KINDS[i % KINDS.length]!, position };
    link(i, i + 1);
    if (i % 2 === 0) link(i, (i * 7 + 3) % count);
  }
  return { schema: 1, id: `grid-${count}`, title, nodes, edges };
}
