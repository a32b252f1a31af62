/** An access log as a file, or as text that was pasted. */
import { emptyBoard, type Fault, type Provenance, type Reading } from '../../graph/index.ts';
import { titleOf } from '../build.ts';
import { type Format, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { MOST } from '../limits.ts';
import { observedIn } from '../observed.ts';
import { figuresOf, MOST_INSTANCES } from '../trace/figures.ts';
import { shapeOf } from '../trace/shape.ts';
import { type About, findLayout } from './find.ts';
import { type Gathered, gatherer } from './gather.ts';

/** Lines listed one by one; the rest are counted. */
const MOST_LISTED = 10;

function readLog(opened: Opened, file: string, context: ReadContext): Read {
  const found = findLayout(opened);
  if (!found) return refuse(file, '', 'is no access log');
  if ('faults' in found) return { ok: false, faults: found.faults.map((fault) => ({ file, ...fault })) };
  const { layout, entries } = found;
  const gather = gatherer(layout.product);
  const broken: Fault[] = [];
  let [read, unread, asides] = [0, 0, 0];
  for (const { line, request } of entries) {
    if (read + unread + asides === MOST.lines)
      return refuse(file, `${line}:1`, `has more than ${MOST.lines} lines`);
    if (request === null) {
      asides++;
      continue;
    }
    if (typeof request !== 'string') {
      gather.add(request);
      if (gather.size() > MOST.nodes)
        return refuse(file, `${line}:1`, `names more than ${MOST.nodes} upstreams`);
      read++;
      continue;
    }
    unread++;
    if (broken.length < MOST_LISTED) broken.push({ path: `${line}:1`, reason: request });
  }
  if (unread > read) {
    const { path, reason } = broken[0]!;
    const told = `${unread} of ${read + unread} lines can’t be read as ${layout.name} log; the first of them ${reason}`;
    return refuse(file, path, told);
  }
  if (read === 0) return refuse(file, '', 'holds no requests');
  const more = unread - broken.length;
  if (more > 0) broken.push({ path: '', reason: `${more} more lines can’t be read` });
  const board = boardOf(gather.done(), layout, broken, file, context);
  if (board.ok && asides > 0)
    board.repairs.push({
      path: '',
      reason: `lines in which the proxy speaks of itself, left out: ${asides}`,
    });
  const [example] = broken;
  return example && board.ok
    ? { ...board, lost: { count: unread, of: read + unread, what: 'lines', example } }
    : board;
}

function boardOf(
  gathered: Gathered,
  { note, remark }: About,
  broken: Fault[],
  file: string,
  context: ReadContext,
): Read {
  const { extent, series, requests, grain } = gathered;
  const { nodes, edges, idOf } = shapeOf(gathered, context);
  const at = extent?.last ?? context.now;
  const window = extent && requests > 1 ? extent.last - extent.first : 0;
  const provenance = { source: `file:${file}`, label: `access log ${file}`, simulated: false };
  const notes = {
    latency: grain === 1000 ? 'in whole seconds' : grain === 1 ? (note ?? 'in whole ms') : undefined,
    errors: 'answers of 500 and above',
  };
  const bySubject = Map.groupBy(series, ({ key }) => key);
  const readings = [...idOf.edge].flatMap(([key, id]) =>
    figuresOf(bySubject.get(key) ?? [], { type: 'edge', id }, { at, window, provenance }),
  );
  const board = observedIn(file, {
    ...emptyBoard(context.newId(), titleOf(file, 'Access log')),
    nodes,
    edges,
  });
  const remarks = remarksOf(gathered, readings, remark).map((reason) => ({ path: '', reason }));
  return {
    ...{ ok: true, format: ACCESS_LOG.id, board, readings: withNotes(readings, provenance, notes) },
    ...{ repairs: [...broken, ...remarks], whole: false },
  };
}

function withNotes(
  readings: readonly Reading[],
  provenance: Provenance,
  notes: Partial<Record<Reading['metric'], string | undefined>>,
): Reading[] {
  const noted = new Map(
    Object.entries(notes).flatMap(([metric, note]) =>
      note ? [[metric, { ...provenance, note }] as const] : [],
    ),
  );
  return readings.map((reading) => ({ ...reading, provenance: noted.get(reading.metric) ?? provenance }));
}

function remarksOf({ notes, requests }: Gathered, readings: readonly Reading[], remark?: string): string[] {
  const remarks = [...notes].map(([reason, count]) => `${reason}: ${count === requests ? 'all' : count}`);
  if (remark) remarks.unshift(remark);
  if (!readings.some(({ metric }) => metric === 'latency'))
    remarks.unshift('the log has no times of requests: there are rates and errors, and no latencies');
  const most = readings.reduce((sum, { instances }) => Math.max(sum, instances ?? 0), 0);
  if (most > MOST_INSTANCES)
    remarks.push(`only the ${MOST_INSTANCES} busiest servers have figures of their own, of up to ${most}`);
  return remarks;
}

export const ACCESS_LOG: Format = {
  id: 'access-log',
  name: 'Access log',
  suffixes: ['.log', '.log.gz', '.jsonl', '.txt'],
  reads:
    'Access logs of nginx, Envoy, HAProxy, Traefik and Caddy, other lines of JSON, also as containers and shippers deliver them: the proxy, its upstreams, rates, errors and times (docs/logs.md).',
  recognises: (opened) => findLayout(opened) !== null,
  read: readLog,
};
