/**
 * Who called whom how often, as Jaeger's `/api/dependencies` (`{data: [{parent, child, callCount}]}`) and Zipkin's
 * `/api/v2/dependencies` (`[{parent, child, callCount, errorCount}]`) answer it; SigNoz with more figures.
 */
import type { Id, Reading } from '../../graph/index.ts';
import { createGraph, titleOf } from '../build.ts';
import { type Format, isObject, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { nodeWords } from '../scene/words.ts';
import { type Figures, signozFigures } from './signoz.ts';

type Json = Record<string, unknown>;

const isLink = (value: unknown): value is Json =>
  isObject(value) && typeof value.parent === 'string' && typeof value.child === 'string';

/** The links, and the path before their numbers; null for what holds none. */
function linksIn(opened: Opened): { links: unknown[]; under: string } | null {
  const value = opened.type === 'json' && opened.values.length === 1 ? opened.values[0] : null;
  if (Array.isArray(value)) return value.some(isLink) ? { links: value, under: '' } : null;
  if (!isObject(value) || !Array.isArray(value.data)) return null;
  return value.data.some(isLink) ? { links: value.data, under: 'data.' } : null;
}

const countIn = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
};

/** Of an edge: in how many links it was, and what they add up to. */
type Total = { edge: Id; times: number; calls: number | null; failed: number; more: Figures | null };
/** Links of one edge that are named as its origins; all are counted. */
const MOST_TAKEN = 50;

function readDependencies(opened: Opened, file: string, context: ReadContext): Read {
  const found = linksIn(opened);
  if (!found) return refuse(file, '', 'holds no dependencies');
  const { links, under } = found;
  const graph = createGraph({ newId: context.newId, file });
  const node = (name: string, at: string) =>
    graph.node(name, { ...nodeWords(name), origin: { how: 'observed', at } });
  const totals = new Map<string, Total>();
  // Zipkin leaves out a count of 0; a file without any can't tell that nothing failed.
  const countsErrors = links.some((link) => isObject(link) && countIn(link.errorCount) !== null);
  for (const [i, link] of links.entries()) {
    const at = `${under}${i}`;
    if (!isLink(link) || `${link.parent}`.trim() === '' || `${link.child}`.trim() === '') {
      graph.broken('must name a parent and a child', at);
      continue;
    }
    const key = JSON.stringify([link.parent, link.child]);
    const known = totals.get(key) ?? { edge: '', times: 0, calls: null, failed: 0, more: null };
    if (known.times++ < MOST_TAKEN) {
      const [source, target] = [node(`${link.parent}`, `${at}.parent`), node(`${link.child}`, `${at}.child`)];
      known.edge = graph.edge(source, target, null, { origin: { how: 'observed', at } });
    }
    totals.set(key, known);
    const calls = countIn(link.callCount);
    if (calls === null) {
      graph.broken('must be a count, not negative', `${at}.callCount`);
      continue;
    }
    known.calls = (known.calls ?? 0) + calls;
    known.failed += Math.min(countIn(link.errorCount) ?? 0, calls);
    // quantiles of several links can't be joined
    known.more = known.times === 1 ? signozFigures(link) : null;
  }
  const readings: Reading[] = [];
  const provenance = { source: `file:${file}`, label: `dependencies ${file}`, simulated: false };
  const counted = [...totals.values()].filter(({ calls }) => calls !== null);
  if (counted.some(({ more }) => more)) graph.remark('durations taken for nanoseconds, as SigNoz has them');
  if (counted.some(({ more }) => !more))
    graph.remark(
      'how often is counted and not over which time, so that counts are in the descriptions of edges and no rates',
    );
  const read = graph.read(DEPENDENCIES.id, titleOf(file, 'Dependencies'), { readings });
  if (!read.ok) return read;
  for (const { edge: id, calls, failed, more } of counted) {
    const subject = { type: 'edge' as const, id };
    const whole = { subject, at: context.now, instance: null, instances: null, side: null, provenance };
    if (more) {
      for (const figure of more.figures)
        readings.push({ ...whole, ...figure, samples: calls, window: more.window });
      continue;
    }
    const said = countsErrors ? `, ${failed} failed` : '';
    read.board.edges[id]!.description = `${calls} calls${said}, as counted in ${file}.`;
    if (!countsErrors || !calls) continue;
    readings.push({ ...whole, metric: 'errors', value: failed / calls, samples: calls, window: 0 });
  }
  return read;
}

export const DEPENDENCIES: Format = {
  id: 'dependencies',
  name: 'Jaeger or Zipkin dependencies',
  suffixes: ['.json', '.json.gz'],
  reads:
    'Who called whom how often, as `/api/dependencies` of Jaeger and of Zipkin answers, or `/api/v1/dependency_graph` of SigNoz with rates, errors and quantiles.',
  recognises: (opened) => linksIn(opened) !== null,
  read: readDependencies,
};
