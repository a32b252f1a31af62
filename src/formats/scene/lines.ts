/** Lines → edges. */
import type { BoardEdge, Id } from '../../graph/index.ts';
import type { GraphInTheMaking } from '../build.ts';
import { BOTH_WAYS, kindBetween } from '../diagram/drawing.ts';
import { isAsked } from '../recognise.ts';
import { edgeIn } from './data.ts';
import type { DrawnPart } from './parts.ts';
import type { Json, Line } from './scene.ts';
import { arrowText, arrowWords, sameText } from './words.ts';

type DrawnEdge = { id: Id; record: Partial<BoardEdge>; data: Json | undefined };

export function drawLines(
  lines: readonly Line[],
  parts: ReadonlyMap<string, DrawnPart>,
  graph: GraphInTheMaking,
): { edges: DrawnEdge[]; left: number } {
  const edges: DrawnEdge[] = [];
  const known = new Set<Id>();
  let [left, headless, both] = [0, 0, 0];
  for (const { from, to, heads, text, data, at } of lines) {
    const ends = [parts.get(from.id ?? ''), parts.get(to.id ?? '')] as const;
    if (!ends[0] || !ends[1]) {
      left++;
      continue;
    }
    const hasNone = !heads.start && !heads.end;
    if (hasNone) headless++;
    if (heads.start && heads.end) both++;
    const isBack = hasNone ? isAsked(ends[0].kind) && !isAsked(ends[1].kind) : heads.start && !heads.end;
    const [source, target] = isBack ? [ends[1], ends[0]] : [ends[0], ends[1]];
    const record = data ? edgeIn(data) : {};
    const isUntouched = record.kind !== undefined && sameText(arrowText(record), text);
    const said = arrowWords(text);
    const kind =
      (isUntouched ? record.kind : (said.kind ?? record.kind)) ??
      kindBetween([source.kind, target.kind], text);
    const id = graph.edge(source.id, target.id, kind, {
      ...(isUntouched
        ? { operations: (record.operations ?? []).map(({ name }) => name) }
        : { operations: said.operations }),
      ...protocolIn(isUntouched ? record.protocol : said.protocol),
      origin: { how: 'stated', at },
    });
    if (known.has(id)) continue;
    known.add(id);
    if (!isUntouched) for (const field of ['protocol', 'operations'] as const) delete record[field];
    edges.push({ id, record: { ...record, kind }, data });
  }
  if (both > 0) graph.remark(`${BOTH_WAYS}: ${both}`);
  if (headless > 0)
    graph.remark(
      `lines without an arrowhead, drawn to the store or queue, else from the first to the second end: ${headless}`,
    );
  return { edges, left };
}

const protocolIn = (protocol: string | undefined) => (protocol ? { protocol } : {});
