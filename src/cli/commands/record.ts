/** `record`: what live sources say for a while, kept. */
import { randomUUID } from 'node:crypto';
import {
  addDark,
  applyPatch,
  type Board,
  darkOf,
  emptyBoard,
  insert,
  type Milliseconds,
  type Snapshot,
  type SourceConfig,
  serializeBoard,
} from '../../graph/index.ts';
import { discover, type Env } from '../../telemetry/index.ts';
import { type Args, type Command, Failure, OUT, UsageError } from '../command.ts';
import { writeOutput } from '../files.ts';
import { listen, sourceFrom, surroundings } from '../live.ts';
import { layOut, loadToChange } from '../load.ts';

const OWN_SERVER = 'http://127.0.0.1:4747';

export const RECORD: Command = {
  name: 'record',
  summary: 'Keep what live sources say for a while, as a snapshot',
  operands: '[BOARD]',
  takes: [0, 1],
  about: [
    'Listens to live sources and writes all figures over that time, of every instance, as a snapshot in JSON: what rank and diff compare. The snapshot speaks of the parts of BOARD. With --onto the board itself is written, with the snapshot in it; without a board at all, one is drawn of what the first source knows. What is measured and not drawn is told on standard error.',
    'A source is a JSON file with the settings that a board has for one (type, url, and what else it needs), or in short prometheus=URL, jaeger=URL, zipkin=URL, or pushed for the spans that were sent to Chalkline’s server. Without --source the sources of the board are listened to. Credentials are never in these settings: Chalkline’s server adds them, and is named as "forward:NAME" in place of the address.',
  ],
  options: {
    source: { short: 's', value: 'CONFIG', says: 'Where from: a file, TYPE=URL, or pushed.' },
    for: { value: 'TIME', says: 'How long: 60s, 5m, 1h. 60s unless given.' },
    onto: { value: 'BOARD', says: 'Write this board, with the snapshot in it.' },
    name: { value: 'NAME', says: 'What the snapshot is called. The time it was taken unless given.' },
    server: {
      value: 'URL',
      says: `Chalkline’s own server, for spans sent to it and back ends it forwards to. ${OWN_SERVER} unless given.`,
    },
    out: OUT,
  },
  examples: [
    {
      run: 'chalkline record architecture.json --source prometheus=http://localhost:9090 --for 60s -o before.json',
      says: 'A minute of what a Prometheus measures.',
    },
    {
      run: 'chalkline record --source jaeger=http://localhost:16686 --for 5m -o system.json',
      says: 'Draw the system that a Jaeger knows, with five minutes of its figures.',
    },
  ],
  run: record,
};

const UNITS: Record<string, Milliseconds> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function durationOf(text: string): Milliseconds {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const duration = Number(amount) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (duration >= 1000 && duration <= 86_400_000) return duration;
  throw new UsageError('record: --for is a time from 1s to 24h, such as 60s or 5m');
}

async function record({ given: [path], text }: Args): Promise<number> {
  const span = durationOf(text('for') ?? '60s');
  const onto = text('onto');
  if (path !== undefined && onto !== undefined)
    throw new UsageError('record: BOARD and --onto say the same; one of them');
  const env = surroundings(text('server') ?? OWN_SERVER);
  const stated = text('source');
  const source = stated === undefined ? null : await sourceFrom(stated, span);
  const named = path ?? onto;
  const drawn = named === undefined ? null : await loadToChange(named);
  const sources = source ? [source] : Object.values(drawn?.sources ?? {});
  if (sources.length === 0)
    throw new UsageError('record: --source CONFIG is needed: the board has no sources');
  const board = drawn ?? (await boardOf(sources[0]!, env));
  const readings = await listen(sources, board, span, env);
  const at = env.now();
  const snapshot: Snapshot = {
    id: randomUUID(),
    name: text('name') ?? new Date(at).toISOString(),
    at,
    // a source may have a least time that it is asked about
    window: Math.max(span, ...readings.map(({ window }) => window)),
    readings,
  };
  const isAlone = path !== undefined;
  await writeOutput(
    text('out'),
    isAlone ? `${JSON.stringify(snapshot, null, 2)}\n` : serializeBoard(withSnapshot(board, snapshot)),
  );
  return 0;
}

const withSnapshot = (board: Board, snapshot: Snapshot): Board =>
  applyPatch(board, insert(board, { records: { snapshots: { [snapshot.id]: snapshot } } })).board;

/** The system that a source knows of. @throws Failure when it can't say */
async function boardOf(source: SourceConfig, env: Env): Promise<Board> {
  const found = await discover(source, randomUUID, env);
  if (!found.ok) throw new Failure(found.reason);
  const { nodes, edges } = found.value.graph;
  const seen = {
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
  };
  const empty = emptyBoard(randomUUID(), source.name);
  return layOut(applyPatch(empty, addDark(empty, seen, darkOf(empty, seen))).board, 'RIGHT');
}
