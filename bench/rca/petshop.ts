/**
 * PetShop (Amazon): 68 faults on a shop of 41 parts, five minutes a row. What is known of a case: the graph, the
 * fault-free recording of its traffic where there is one, the rows before the fault, the rows of its first ten minutes.
 */
import { dirname, join } from 'node:path';
import type { Case } from './case.ts';
import { filesNamed, jsonOf, numberOf, rowsOf, textOf } from './files.ts';
import {
  type Board,
  boardSchema,
  type EdgeKind,
  emptyBoard,
  type NodeKind,
  type Reading,
  type Snapshot,
} from './product.ts';
import { distributionOf, readingsOf, snapshotOf } from './readings.ts';

const WINDOW = 300_000;
/** A fault lasts about so long. */
const LASTS = 600_000;

/** Each issue below the folder, in whatever split. */
export function petshop(root: string): Case[] {
  return filesNamed(root, 'target.json').map(caseOf);
}

type Target = { target?: { timestamp?: number; metric?: string }; root_cause?: { node?: string } };

function caseOf(path: string): Case {
  const issue = dirname(path);
  const split = dirname(issue);
  const scenario = dirname(split);
  const name = scenario.split(/[\\/]/).at(-1)!;
  const { target, root_cause } = jsonOf(path) as Target;
  const board = boardFrom(textOf(join(scenario, 'graph.csv')) ?? '', name);
  const began = (target?.timestamp ?? 0) * 1000;
  const rows = readTable(textOf(join(issue, 'metrics.csv')) ?? '', board);
  const usual = usualIn(scenario, board);
  // a row belongs to the fault if most of it lies in its time, to the time before if all of it does
  const during = rows.filter(({ at }) => at - WINDOW / 2 >= began && at - WINDOW / 2 <= began + LASTS);
  const earlier = rows.filter(({ at }) => at <= began);
  const before = snapshotOf('before', earlier, WINDOW);
  const now = snapshotOf('now', during, WINDOW);
  return {
    label: `${name} ${issue.split(/[\\/]/).at(-1)} ${target?.metric}`,
    under: { scenario: name, metric: target?.metric ?? 'unknown' },
    board: boardSchema.parse(board),
    input: now && { before, now, usual },
    cause: root_cause?.node ?? '',
  };
}

const known = new Map<string, Snapshot | null>();

/** The fault-free recording, read once; null where there is none. */
function usualIn(scenario: string, board: Board): Snapshot | null {
  const before = known.get(scenario);
  if (before !== undefined) return before;
  const text = textOf(join(scenario, 'noissue', 'metrics.csv')) ?? '';
  const snapshot = snapshotOf('usual', readTable(text, board), WINDOW);
  known.set(scenario, snapshot);
  return snapshot;
}

/** What X-Ray's kinds of segments are on a board. */
const KINDS: readonly (readonly [RegExp, NodeKind])[] = [
  [/_client$/, 'client'],
  [/_remote$/, 'external'],
  [/Database::SQL$/, 'database'],
  [/DynamoDB/, 'database'],
  [/SQS::Queue$/, 'queue'],
  [/S3$/, 'storage'],
  [/ApiGateway/, 'gateway'],
  [/Lambda|^lambda/, 'function'],
];
const kindOf = (name: string): NodeKind => KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'service';

/** A row calls the columns in which it has a number above 0. */
function boardFrom(text: string, title: string): Board {
  const board = emptyBoard('board', title);
  const [[, ...columns] = [], ...rows] = rowsOf(text);
  const names = [...new Set([...columns, ...rows.map(([name]) => name!)])];
  const ids = new Map(names.map((name, i) => [name, `n${i}`]));
  for (const [name, id] of ids)
    board.nodes[id] = { id, name, kind: kindOf(name), position: [0, 0], match: { names: [name] } };
  for (const [name, ...cells] of rows)
    cells.forEach((cell, column) => {
      if (!(Number(cell) > 0)) return;
      const [source, target] = [ids.get(name!)!, ids.get(columns[column]!)!];
      const id = `${source}-${target}`;
      board.edges[id] = { id, source, target, kind: edgeKind(board.nodes[target]!.kind) };
    });
  return board;
}

const edgeKind = (target: NodeKind): EdgeKind =>
  target === 'database' ? 'query' : target === 'queue' ? 'publish' : 'call';

/** Columns are part, metric, statistic; rows are the beginnings of windows. Seconds become milliseconds. */
function readTable(text: string, board: Board): Reading[] {
  const [parts = [], metrics = [], statistics = [], ...rows] = rowsOf(text);
  const columns = new Map<string, number>();
  parts.forEach((part, i) => {
    columns.set(`${part}\n${metrics[i]}\n${statistics[i]}`, i);
  });
  return rows.flatMap((row) => {
    const began = numberOf(row[0]);
    if (began === null) return [];
    const when = { at: began * 1000 + WINDOW, window: WINDOW };
    return Object.values(board.nodes).flatMap(({ id, name }) => {
      const cell = (metric: string, statistic: string) => {
        const column = columns.get(`${name}\n${metric}\n${statistic}`);
        return column === undefined ? null : numberOf(row[column]);
      };
      const seconds = (statistic: string) => {
        const value = cell('latency', statistic);
        return value === null ? null : value * 1000;
      };
      const subject = { type: 'node' as const, id };
      const samples = cell('requests', 'Sum');
      const quantiles = ([0.5, 0.9, 0.95, 0.99] as const).map((q) => [q, seconds(`p${q * 100}`)] as const);
      const latency = distributionOf({ mean: seconds('Average'), quantiles }, samples ?? 1);
      const available = cell('availability', 'Average');
      const errors = available === null ? null : Math.max(0, 1 - available / 100);
      return readingsOf('petshop', [
        { subject, metric: 'latency', value: samples === 0 ? null : latency, ...when, samples },
        {
          subject,
          metric: 'rate',
          value: samples === null ? null : samples / (WINDOW / 1000),
          ...when,
          samples,
        },
        { subject, metric: 'errors', value: errors, ...when, samples },
      ]);
    });
  });
}
