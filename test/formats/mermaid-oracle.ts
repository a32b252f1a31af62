/** What `mermaid` itself makes of a text: parts and lines counted from its own data, with nothing of ours in between. */
import DOMPurify from 'dompurify';
import mermaid from 'mermaid';

// Without a page there is no sanitiser; what is counted here is not drawn.
Object.assign(DOMPurify, { addHook: () => {}, sanitize: (text: string) => text });

export type Counted = {
  parts: string[];
  /** `source target` of each distinct pair. */
  lines: Set<string>;
  frames: string[];
};

// biome-ignore lint/suspicious/noExplicitAny: the data of each diagram has a shape of its own, and no types.
type Db = any;

const keys = (map: Map<string, unknown> | Record<string, unknown>): string[] =>
  map instanceof Map ? [...map.keys()] : Object.keys(map);

const COUNT: Record<string, (db: Db) => { parts: string[]; lines: [string, string][]; frames: string[] }> = {
  'flowchart-v2': (db) => {
    const frames: string[] = db.getSubGraphs().map(({ id }: { id: string }) => id);
    const lines = db
      .getEdges()
      .filter(({ stroke }: { stroke: string }) => stroke !== 'invisible')
      .map(({ start, end }: { start: string; end: string }) => [start, end]);
    return { parts: keys(db.getVertices()).filter((id) => !frames.includes(id)), lines, frames };
  },
  architecture: (db) => ({
    parts: db.getServices().map(({ id }: { id: string }) => id),
    lines: db
      .getEdges()
      .map(({ lhsId, rhsId, lhsInto, rhsInto }: Db) =>
        lhsInto && !rhsInto ? [rhsId, lhsId] : [lhsId, rhsId],
      ),
    frames: db.getGroups().map(({ id }: { id: string }) => id),
  }),
  c4: (db) => ({
    parts: db.getC4ShapeArray().map(({ alias }: { alias: string }) => alias),
    lines: db.getRels().map(({ from, to }: Db) => [from, to]),
    frames: db
      .getBoundaries()
      .map(({ alias }: { alias: string }) => alias)
      .filter((alias: string) => alias !== 'global'),
  }),
  sequence: (db) => {
    const lines: [string, string][] = [];
    const dotted = new Set([1, 4, 25, 34, 6]);
    for (const { from, to, type } of db.getMessages()) {
      if (typeof from !== 'string' || typeof to !== 'string' || from === to) continue;
      if (dotted.has(type) && lines.some(([a, b]) => a === to && b === from)) continue;
      lines.push([from, to]);
    }
    return {
      parts: db.getActorKeys(),
      lines,
      frames: db.getBoxes().map(({ name }: { name: string }) => name),
    };
  },
  block: (db) => ({
    parts: db
      .getBlocksFlat()
      .filter(
        ({ id, type }: Db) =>
          id !== 'root' && !['space', 'composite', 'column-setting', 'edge', 'block_arrow'].includes(type),
      )
      .map(({ id }: { id: string }) => id),
    lines: db.getEdges().map(({ start, end }: Db) => [start, end]),
    frames: [],
  }),
};

/** Throws what `mermaid` throws for a text that is none of its own. */
export async function countedByMermaid(text: string): Promise<Counted> {
  await mermaid.parse(text);
  const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const count = COUNT[type];
  if (!count) throw new Error(`no count for ${type}`);
  const { parts, lines, frames } = count(db);
  return { parts, lines: new Set(lines.map(([from, to]) => `${from} ${to}`)), frames };
}
