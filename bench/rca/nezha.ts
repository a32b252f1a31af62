/**
 * Nezha: faults injected into Online Boutique and Train Ticket, a minute a row. What is known of a case: who calls
 * whom, the fault-free recording where there is one, the minutes before the fault, the minutes after it began.
 */
import { join } from 'node:path';
import type { Case } from './case.ts';
import { jsonOf, namesIn, rowsOf, textOf } from './files.ts';
import { FRONT, type Minutes, metricMinutes } from './nezha-metrics.ts';
import { edgeId, endsOf, serviceOf } from './nezha-names.ts';
import { traceMinutes } from './nezha-traces.ts';
import { type Board, boardSchema, emptyBoard, type Reading } from './product.ts';
import { readingsOf, snapshotOf } from './readings.ts';

const MINUTE = 60_000;
/** The reference is so long before the fault. */
const EARLIER = 5 * MINUTE;
/** Looked at is so long after it began. */
const LATER = 3 * MINUTE;

/** Every date that has a list of faults, with whatever is there of it. */
export function nezha(root: string): Case[] {
  const folder = join(root, 'rca_data');
  return namesIn(folder).flatMap((date) => {
    const list = jsonOf(join(folder, date, `${date}-fault_list.json`));
    if (list === null) return [];
    const metrics = join(folder, date, 'metric');
    const day = {
      date,
      edges: edgesIn(root, metrics),
      minutes: [...metricMinutes(metrics), ...traceMinutes(root, date)],
    };
    const faults = Object.values(list as Record<string, Fault[]>).flat();
    return faults.map((fault) => caseOf(fault, day));
  });
}

type Fault = { inject_time: string; inject_pod: string; inject_type: string };
type Day = { date: string; edges: readonly Edge[]; minutes: Minutes };

function caseOf(fault: Fault, { date, edges, minutes }: Day): Case {
  const began = Date.parse(`${fault.inject_time.trim().replace(' ', 'T')}Z`);
  const end = began + LATER + MINUTE / 2;
  const known = minutes.filter(({ at, isFaultFree }) => isFaultFree || at <= end);
  const board = boardFrom(edges, known, date);
  const snapshot = (id: string, isIn: (minute: Minutes[number]) => boolean) =>
    snapshotOf(id, readingsOn(board, known.filter(isIn)), MINUTE);
  const usual = snapshot('usual', ({ isFaultFree }) => isFaultFree);
  const before = snapshot(
    'before',
    ({ at, isFaultFree }) => !isFaultFree && at <= began && at > began - EARLIER,
  );
  const now = snapshot('now', ({ at, isFaultFree }) => !isFaultFree && at - MINUTE >= began - MINUTE / 4);
  const cause = serviceOf(fault.inject_pod);
  const system = cause.startsWith('ts-') ? 'train ticket' : 'online boutique';
  return {
    label: `${fault.inject_time} ${cause} ${fault.inject_type}`,
    under: { system, date, fault: fault.inject_type, 'system and fault': `${system}: ${fault.inject_type}` },
    board,
    input: now && { before, now, usual },
    cause,
  };
}

/** Minutes speak of parts by name; the board knows them by the same. */
function readingsOn(board: Board, minutes: Minutes): Reading[] {
  const entries = Object.values(board.edges).filter(({ source }) => source === USERS);
  return minutes.flatMap(({ source, told }) => {
    const known = told.flatMap((each) => {
      const { type, id } = each.subject;
      if (id !== FRONT) return (type === 'node' ? board.nodes : board.edges)[id] ? [each] : [];
      // what users saw is told of one entry, not of which
      return entries.length === 1
        ? [{ ...each, subject: { type: 'edge' as const, id: entries[0]!.id } }]
        : [];
    });
    return readingsOf(source, known);
  });
}

/** Whoever sends requests to the parts that no other part calls. */
const USERS = 'users';

/** Who calls whom, as it is written down, and as it was seen until now. */
function boardFrom(edges: readonly Edge[], minutes: Minutes, title: string): Board {
  const board = emptyBoard('board', title);
  const addNode = (name: string) => {
    board.nodes[name] ??= { id: name, name, kind: name === USERS ? 'client' : 'service', position: [0, 0] };
  };
  const addEdge = (source: string, target: string) => {
    addNode(source);
    addNode(target);
    const id = edgeId(source, target);
    board.edges[id] ??= { id, source, target, kind: 'call' };
  };
  for (const { told } of minutes)
    for (const { subject } of told) {
      if (subject.id === FRONT) continue;
      if (subject.type === 'node') addNode(subject.id);
      else addEdge(...endsOf(subject.id));
    }
  for (const [source, target] of edges)
    if (board.nodes[source] && board.nodes[target]) addEdge(source, target);
  const called = new Set(Object.values(board.edges).map(({ target }) => target));
  for (const { source } of Object.values(board.edges))
    if (!called.has(source) && source !== USERS) addEdge(USERS, source);
  return boardSchema.parse(board);
}

type Edge = readonly [source: string, target: string];

/** Two files say who calls whom: the mesh's, and what was counted from all traces. */
function edgesIn(root: string, metrics: string): Edge[] {
  const mesh = rowsOf(textOf(join(metrics, 'dependency.csv')) ?? '').slice(1);
  const counted = Object.values((jsonOf(join(root, 'derived', 'observed-edges.json')) ?? {}) as object);
  return [
    ...mesh.flatMap(([source, target]): Edge[] => (source && target ? [[source, target]] : [])),
    ...counted.flatMap((edges) => Object.keys(edges as object).map(endsOf)),
  ];
}
