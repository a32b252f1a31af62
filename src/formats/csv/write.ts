/** Board → tables: of nodes, of edges, of what was measured. Rows in an order that comes from names alone. */
import {
  type Board,
  type BoardNode,
  type Id,
  METRICS,
  markOn,
  type Reading,
  type Subject,
} from '../../graph/index.ts';

export type Table = { header: string[]; rows: (string | number)[][] };

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What each node is called: those of one name and kind are numbered, so that a row means one. */
function callerOf({ nodes }: Board): ReadonlyMap<Id, string> {
  const names = new Map<Id, string>();
  const taken = new Set<string>();
  for (const { id, kind, name } of Object.values(nodes)) {
    const wanted = name.trim() || 'unnamed';
    let free = wanted;
    for (let number = 2; taken.has(`${kind} ${free}`); number++) free = `${wanted} ${number}`;
    taken.add(`${kind} ${free}`);
    names.set(id, free);
  }
  return names;
}

const sortedNodes = (board: Board, names: ReadonlyMap<Id, string>): BoardNode[] =>
  Object.values(board.nodes).sort(
    (a, b) => byText(names.get(a.id)!, names.get(b.id)!) || byText(a.kind, b.kind),
  );

function markCells(board: Board, subject: Subject): string[] {
  const mark = markOn(board, subject);
  return [mark?.status ?? '', mark?.hypothesis ?? ''];
}

export function nodesTable(board: Board): Table {
  const names = callerOf(board);
  const header = 'name kind technology group instances description names links x y mark hypothesis'.split(
    ' ',
  );
  const rows = sortedNodes(board, names).map((node) => [
    names.get(node.id)!,
    node.kind,
    node.technology ?? '',
    node.group === undefined ? '' : (board.groups[node.group]?.name ?? ''),
    node.instances ?? '',
    node.description ?? '',
    (node.match?.names ?? []).join('\n'),
    (node.links ?? []).join(' '),
    ...node.position,
    ...markCells(board, { type: 'node', id: node.id }),
  ]);
  return { header, rows };
}

export function edgesTable(board: Board): Table {
  const names = callerOf(board);
  const header =
    'source,target,kind,protocol,operations,source kind,target kind,description,mark,hypothesis'.split(',');
  const rows = Object.values(board.edges).map((edge) => [
    names.get(edge.source)!,
    names.get(edge.target)!,
    edge.kind,
    edge.protocol ?? '',
    (edge.operations ?? []).map(({ name }) => name.replace(/\s*[\r\n]+\s*/g, ' ')).join('\n'),
    board.nodes[edge.source]!.kind,
    board.nodes[edge.target]!.kind,
    edge.description ?? '',
    ...markCells(board, { type: 'edge', id: edge.id }),
  ]);
  return { header, rows: rows.sort((a, b) => byText(JSON.stringify(a), JSON.stringify(b))) };
}

const READING =
  'snapshot,at,window_ms,node,source,target,metric,unit,quantile,value,instance,instances,side,operation,samples,measured by,simulated,query,note';

/** A row a number. A latency is its points: the quantiles that were given, or each bucket's upper bound and count. */
export function readingsTable(board: Board): Table {
  const names = callerOf(board);
  const rows = Object.values(board.snapshots).flatMap(({ name, readings }) =>
    readings.flatMap((reading) => rowsOfReading(name, reading, board, names)),
  );
  return { header: READING.split(','), rows };
}

function rowsOfReading(
  snapshot: string,
  reading: Reading,
  board: Board,
  names: ReadonlyMap<Id, string>,
): (string | number)[][] {
  const { subject, metric, value, provenance } = reading;
  const edge = subject.type === 'edge' ? board.edges[subject.id] : undefined;
  const of = edge
    ? ['', names.get(edge.source)!, names.get(edge.target)!]
    : [names.get(subject.id) ?? '', '', ''];
  const row = (unit: string, quantile: number | '', number: number) => [
    ...[snapshot, new Date(reading.at).toISOString(), reading.window, ...of, metric, unit, quantile, number],
    ...[reading.instance ?? '', reading.instances ?? '', reading.side ?? '', reading.operation ?? ''],
    ...[reading.samples ?? '', provenance.label, String(provenance.simulated)],
    ...[provenance.query ?? '', provenance.note ?? ''],
  ];
  if (typeof value === 'number') return [row(METRICS[metric], '', value)];
  if (value.type === 'quantiles') return value.points.map(({ q, value: ms }) => row('ms', q, ms));
  if (value.type === 'samples') return value.values.map((ms) => row('ms', '', ms));
  let below = 0;
  const total = value.counts.reduce((sum, count) => sum + count, 0);
  return value.bounds.flatMap((bound, i) => {
    below += value.counts[i] ?? 0;
    return bound === null || total === 0 ? [] : [row('ms ≤', below / total, bound)];
  });
}
