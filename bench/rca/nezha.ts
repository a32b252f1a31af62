/**
 * Nezha: faults injected into Online Boutique and Train Ticket, a minute a row. What is known of a case: who calls
 * whom, the fault-free recording where there is one, the minutes before the fault, the minutes after it began.
 */
import { join } from 'node:path';
import { jsonOf, namesIn } from './files.ts';
import { FRONT, type Minutes, metricMinutes } from './nezha-metrics.ts';
import { serviceOf } from './nezha-names.ts';
import { traceMinutes } from './nezha-traces.ts';
import { type Board, boardSchema, emptyBoard, type Reading, rankSuspects } from './product.ts';
import { readingsOf, snapshotOf, type Told } from './readings.ts';
import { type Judged, partsOf } from './score.ts';

const MINUTE = 60_000;
/** The reference is so long before the fault. */
const EARLIER = 5 * MINUTE;
/** Looked at is so long after it began. */
const LATER = 3 * MINUTE;

/** Every date that has a list of faults, with whatever is there of it. */
export function nezha(root: string): Judged[] {
  const folder = join(root, 'rca_data');
  return namesIn(folder).flatMap((date) => {
    const list = jsonOf(join(folder, date, `${date}-fault_list.json`));
    if (list === null) return [];
    const day = dayOf(root, date);
    const faults = Object.values(list as Record<string, Fault[]>).flat();
    return faults.map((fault) => judge(fault, day, date));
  });
}

type Fault = { inject_time: string; inject_timestamp?: string; inject_pod: string; inject_type: string };
type Day = { board: Board; metrics: Minutes; traces: Minutes };

function dayOf(root: string, date: string): Day {
  const metrics = metricMinutes(join(root, 'rca_data', date, 'metric'));
  const traces = traceMinutes(root, date);
  return { board: boardFrom([metrics, traces], date), metrics, traces };
}

function judge(fault: Fault, day: Day, date: string): Judged {
  const began = Date.parse(`${fault.inject_time.trim().replace(' ', 'T')}Z`);
  const isLater = (at: number) => at - MINUTE >= began - MINUTE / 4 && at <= began + LATER + MINUTE / 2;
  const isEarlier = (at: number) => at <= began && at > began - EARLIER;
  const before = snapshotOf(
    'before',
    readingsIn(day, ({ at }) => isEarlier(at)),
    MINUTE,
  );
  const usual = snapshotOf(
    'usual',
    readingsIn(day, ({ isFaultFree }) => isFaultFree),
    MINUTE,
  );
  const during = snapshotOf(
    'now',
    readingsIn(day, ({ at, isFaultFree }) => !isFaultFree && isLater(at)),
    MINUTE,
  );
  const suspects = during ? rankSuspects(day.board, { before, now: during, usual }) : [];
  const parts = partsOf(day.board, suspects).filter(({ name }) => name !== USERS);
  const cause = serviceOf(fault.inject_pod);
  const place = parts.findIndex(({ name }) => name === cause) + 1;
  const system = cause.startsWith('ts-') ? 'train ticket' : 'online boutique';
  return {
    label: `${fault.inject_time} ${cause} ${fault.inject_type}`,
    under: { system, date, fault: fault.inject_type, 'system and fault': `${system}: ${fault.inject_type}` },
    place: place > 0 ? place : null,
    parts: Object.keys(day.board.nodes).length - 1,
    beliefs: parts.map(({ name, share }) => ({ share, isCause: name === cause })),
    suspects,
    board: day.board,
  };
}

function readingsIn(
  { board, metrics, traces }: Day,
  isIn: (minute: { at: number; isFaultFree: boolean }) => boolean,
): Reading[] {
  return [
    ...readingsOn(
      board,
      'metrics',
      metrics.filter(isIn).flatMap(({ told }) => told),
    ),
    ...readingsOn(
      board,
      'traces',
      traces.filter(isIn).flatMap(({ told }) => told),
    ),
  ];
}

/** Minutes speak of parts by name; the board knows them by the same. */
function readingsOn(board: Board, source: string, told: readonly Told[]): Reading[] {
  const entries = Object.keys(board.edges).filter((id) => board.edges[id]!.source === USERS);
  const known = told.flatMap((each) => {
    const { type, id } = each.subject;
    if (id !== FRONT) return (type === 'node' ? board.nodes : board.edges)[id] ? [each] : [];
    return entries.length === 1 ? [{ ...each, subject: { type: 'edge' as const, id: entries[0]! } }] : [];
  });
  return readingsOf(source, known);
}

/** Whoever sends requests to the parts that no other part calls. */
export const USERS = 'users';

function boardFrom(days: readonly Minutes[], title: string): Board {
  const board = emptyBoard('board', title);
  const addNode = (name: string) => {
    board.nodes[name] ??= {
      ...{ id: name, name, kind: name === USERS ? 'client' : 'service', position: [0, 0] },
    };
  };
  const addEdge = (source: string, target: string) => {
    addNode(source);
    addNode(target);
    const id = `${source}->${target}`;
    board.edges[id] ??= { id, source, target, kind: 'call' };
  };
  for (const { told } of days.flat())
    for (const { subject } of told) {
      if (subject.id === FRONT) continue;
      if (subject.type === 'node') addNode(subject.id);
      else addEdge(...(subject.id.split('->') as [string, string]));
    }
  const called = new Set(Object.values(board.edges).map(({ target }) => target));
  const calling = new Set(Object.values(board.edges).map(({ source }) => source));
  for (const id of calling) if (!called.has(id) && id !== USERS) addEdge(USERS, id);
  return boardSchema.parse(board);
}
