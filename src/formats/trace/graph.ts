/**
 * Spans → board and readings. Nothing is drawn that no span states, and nothing is left out without a word.
 *
 *   spans ─► drawMessages, drawCalls ─► draft (parts, hops, waits, notes) ─► nodes, edges, readings, repairs
 */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  emptyBoard,
  type Fault,
  type Id,
  type Reading,
} from '../../graph/index.ts';
import { type Read, type ReadContext, refuse } from '../format.ts';
import { MOST } from '../limits.ts';
import { drawCalls } from './calls.ts';
import { type Draft, emptyDraft, note, type Part, serviceFor, UNKNOWN_SERVICE } from './draft.ts';
import { type Coverage, hopReadings, MOST_SAMPLES, waitReading } from './measure.ts';
import { drawMessages } from './messages.ts';
import { milliseconds, type Span, type SpanFile } from './span.ts';

/** Faults listed one by one; the rest are counted. */
const MOST_LISTED = 20;
const MOST_OPERATIONS = 50;
const MOST_NAMES = 20;
const LONGEST_NAME = 400;

export function readTrace(format: string, found: SpanFile, file: string, context: ReadContext): Read {
  const broken = listed(found.broken, 'spans can’t be used');
  if (found.spans.length === 0)
    return broken.length > 0
      ? { ok: false, faults: broken.map((fault) => ({ file, ...fault })) }
      : refuse(file, '', 'holds no spans');
  const draft = emptyDraft();
  const spans = distinct(found.spans, draft);
  drawSpans(spans, draft);
  if (draft.parts.size > MOST.nodes || draft.hops.size > MOST.edges)
    return refuse(
      file,
      '',
      `names ${draft.parts.size} services and ${draft.hops.size} connections; up to ${MOST.nodes} and ${MOST.edges} can be drawn`,
    );
  const drawn = boardOf(draft, coverageOf(spans, file), titleOf(file), context);
  const notes = [...draft.notes].map(([reason, count]) => ({ path: '', reason: `${reason}: ${count}` }));
  return { ok: true, format, ...drawn, repairs: [...broken, ...notes], whole: false };
}

function listed(faults: readonly Fault[], what: string): Fault[] {
  const shown = faults.slice(0, MOST_LISTED);
  const more = faults.length - shown.length;
  return more > 0 ? [...shown, { path: '', reason: `${more} more ${what}` }] : shown;
}

/** A span that stands in the file twice is one span. */
function distinct(spans: readonly Span[], draft: Draft): Span[] {
  const byKey = new Map<string, Span>();
  for (const span of spans) if (!byKey.has(span.key)) byKey.set(span.key, span);
  const twice = spans.length - byKey.size;
  if (twice > 0) note(draft, 'spans left out because they repeat the id of an earlier one', twice);
  return [...byKey.values()];
}

function drawSpans(spans: readonly Span[], draft: Draft): void {
  const byKey = new Map(spans.map((span) => [span.key, span]));
  const parentOf = (span: Span) => (span.parent === null ? undefined : byKey.get(span.parent));
  for (const span of spans) serviceFor(draft, span.service);
  drawMessages(spans, parentOf, byKey, draft);
  drawCalls(spans, parentOf, draft);
  const nameless = spans.filter(({ service }) => service === null).length;
  if (nameless > 0) note(draft, `spans that name no service, drawn as "${UNKNOWN_SERVICE}"`, nameless);
  const orphans = spans.filter((span) => span.parent !== null && !byKey.has(span.parent)).length;
  if (orphans > 0) note(draft, 'spans whose caller is not in the file and so not drawn', orphans);
  nameKinds(spans, draft);
  nameStores(draft);
}

/** A service that is only ever given messages is a worker. */
function nameKinds(spans: readonly Span[], draft: Draft): void {
  const serving = new Set(
    spans.filter(({ kind }) => kind === 'server').map((span) => serviceFor(draft, span.service)),
  );
  for (const { kind, target } of draft.hops.values()) if (kind === 'call') serving.add(target);
  for (const { kind, target } of draft.hops.values())
    if (kind === 'consume' && !serving.has(target)) target.kind = 'worker';
}

/** Several stores of one system are told apart by what else is known of them. */
function nameStores(draft: Draft): void {
  const stores = [...draft.parts.values()].filter(({ kind }) => kind === 'database' || kind === 'cache');
  for (const same of Map.groupBy(stores, ({ name }) => name).values()) {
    if (same.length === 1) continue;
    for (const store of same) {
      const [known] = store.names;
      if (known !== undefined) store.name = `${store.name} ${known}`;
    }
  }
}

function coverageOf(spans: readonly Span[], file: string): Coverage {
  let first = spans[0]!.start;
  let last = spans[0]!.end;
  for (const { start, end } of spans) {
    if (start < first) first = start;
    if (end > last) last = end;
  }
  return {
    at: milliseconds(last),
    window: milliseconds(last - first),
    spans: spans.length,
    provenance: { source: `file:${file}`, label: `trace file ${file}`, simulated: false },
  };
}

const titleOf = (file: string) => short(file.replace(/(?:\.(?:jsonl?|txt|gz))+$/i, '')) || 'Trace';
const short = (text: string) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text);

function boardOf(
  draft: Draft,
  coverage: Coverage,
  title: string,
  context: ReadContext,
): { board: Board; readings: Reading[] } {
  const board = emptyBoard(context.newId(), title);
  const ids = new Map<Part, Id>();
  const readings: Reading[] = [];
  const rows = new Map<number, number>();
  const depths = depthsOf(draft);
  for (const part of draft.parts.values()) {
    const id = context.newId();
    const depth = depths.get(part) ?? 0;
    const row = rows.get(depth) ?? 0;
    rows.set(depth, row + 1);
    ids.set(part, id);
    board.nodes[id] = nodeOf(part, id, [depth * 280, row * 120]);
    const waits = draft.waits.get(part);
    if (waits) readings.push(waitReading(waits, { type: 'node', id }, coverage));
  }
  for (const hop of draft.hops.values()) {
    const id = context.newId();
    const edge: BoardEdge = {
      id,
      source: ids.get(hop.source)!,
      target: ids.get(hop.target)!,
      kind: hop.kind,
    };
    if (hop.protocol) edge.protocol = short(hop.protocol);
    const operations = [...hop.operations].filter((name) => name !== '').slice(0, MOST_OPERATIONS);
    if (operations.length > 0) edge.operations = operations.map((name) => ({ name: short(name) }));
    board.edges[id] = edge;
    readings.push(...hopReadings(hop, { type: 'edge', id }, coverage, draft));
  }
  const thinned = readings.filter(
    ({ value }) => typeof value === 'object' && value.type === 'histogram',
  ).length;
  if (thinned > 0)
    note(draft, `latencies of over ${MOST_SAMPLES} spans, kept as histograms with buckets 9 % wide`, thinned);
  return { board, readings };
}

function nodeOf(part: Part, id: Id, position: [number, number]): BoardNode {
  const node: BoardNode = { id, name: short(part.name), kind: part.kind, position };
  if (part.technology) node.technology = short(part.technology);
  const names = new Set([...part.names].map(short));
  names.delete(node.name);
  if (names.size > 0) node.match = { names: [...names].slice(0, MOST_NAMES) };
  return node;
}

/** Steps from a part that nobody calls; parts of a ring that nothing leads into start at 0. */
function depthsOf(draft: Draft): Map<Part, number> {
  const next = Map.groupBy(draft.hops.values(), ({ source }) => source);
  const called = new Set([...draft.hops.values()].map(({ target }) => target));
  const depths = new Map<Part, number>();
  const parts = [...draft.parts.values()];
  for (const root of [...parts.filter((part) => !called.has(part)), ...parts]) {
    if (depths.has(root)) continue;
    depths.set(root, 0);
    const queue = [root];
    for (const part of queue)
      for (const { target } of next.get(part) ?? [])
        if (!depths.has(target)) {
          depths.set(target, depths.get(part)! + 1);
          queue.push(target);
        }
  }
  return depths;
}
