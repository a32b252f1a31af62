/**
 * Divide and conquer against its limit: simulated incidents, solved by doing what the method asks for. Beside it the
 * bits that there are to find, and what it takes to try the parts one at a time. Method and results: docs/experiments.md.
 */
import { partKey } from '../src/graph/index.ts';
import {
  type Answer,
  type Incident,
  incidentOf,
  rankingOf,
  solve,
} from '../test/analysis/incidents/solve.ts';
import { CONDITIONS, type Level } from '../test/analysis/incidents/world.ts';
import { atLeast, type Row, ratioAtMost, row } from './row.ts';

/** Of each level. */
const INCIDENTS: Record<Level, number> = { mild: 400, middle: 300, nasty: 300 };
const [SMALLEST, LARGEST] = [10, 200];
/** Any will do; incidents follow from it one by one. */
const SEED = 20_190_703;

type Brief = Omit<Answer, 'log' | 'board' | 'keys'>;
type Solved = { even: Brief; ranked: Brief; drawn: number; asRanked: number };

export const DIVIDE: Record<string, () => Promise<Row[]>> = Object.fromEntries(
  (Object.keys(INCIDENTS) as Level[]).map((level) => [`divide-${level}`, async () => rowsAt(level)]),
);

function rowsAt(level: Level): Row[] {
  const solved = Array.from({ length: INCIDENTS[level] }, (_, i) => solveBoth(level, i));
  return [...rowsOf(level, 'all alike', solved, 'even'), ...rowsOf(level, 'ranked', solved, 'ranked')];
}

function solveBoth(level: Level, i: number): Solved {
  const size = SMALLEST + ((i * 37) % (LARGEST - SMALLEST + 1));
  const incident = incidentOf(SEED + 7919 * i, size, CONDITIONS[level]);
  const ranking = rankingOf(incident);
  const even = solve(incident, null);
  const ranked = solve(incident, ranking);
  const keys = ranking.map(({ part }) => partKey(part));
  return {
    even: brief(even),
    ranked: brief(ranked),
    drawn: placeAsDrawn(incident, even),
    asRanked: placeIn(keys, incident, even),
  };
}

/** Without the boards and their snapshots: a thousand of them are a lot. */
function brief({ log: _log, board: _board, keys: _keys, ...rest }: Answer): Brief {
  return rest;
}

/** How many are tried one at a time until the culprit is out: nodes and edges in the order in which they were drawn. */
function placeAsDrawn({ board, culprit }: Incident, { keys }: Answer): number {
  const suspected = new Set(keys);
  const drawn = [
    ...Object.keys(board.nodes).map((id) => partKey({ type: 'node', id })),
    ...Object.keys(board.edges).map((id) => partKey({ type: 'edge', id })),
  ].filter((key) => suspected.has(key));
  const wanted = culprit.type === 'instance' ? partKey({ type: 'node', id: culprit.id }) : partKey(culprit);
  return drawn.indexOf(wanted) + 1;
}

function placeIn(keys: readonly string[], { culprit }: Incident, { candidates }: Answer): number {
  const at = keys.indexOf(partKey(culprit));
  const part = keys.indexOf(partKey({ type: 'node', id: culprit.id }));
  return (at === -1 ? (part === -1 ? candidates : part) : at) + 1;
}

function rowsOf(level: Level, begin: string, all: readonly Solved[], which: 'even' | 'ranked'): Row[] {
  const answers = all.map((each) => each[which]);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const name = (what: string) => `divide, ${level} noise, ${begin}: ${what}`;
  const isMild = level === 'mild';
  const experiments = mean(answers.map((each) => each.experiments));
  const settled = answers.filter(({ kind }) => kind !== null);
  const wrong = settled.filter(({ isRight }) => !isRight).length / answers.length;
  const stated = settled.reduce((sum, { share }) => sum + 1 - share, 0) / answers.length;
  const right = mean(answers.map(({ isRight }) => (isRight ? 100 : 0)));
  const compare = (peer: number, peerName: string) =>
    row({ name: name('experiments'), ours: experiments, peer, peerName, unit: '' });
  return [
    row(
      { name: name('solved rightly'), ours: right, peer: 100, peerName: 'all', unit: '%' },
      isMild ? atLeast(95) : undefined,
    ),
    row(
      {
        name: name('experiments'),
        ours: experiments,
        peer: mean(answers.map(({ candidates }) => Math.log2(candidates))),
        peerName: 'log2(candidates)',
        unit: '',
      },
      isMild ? ratioAtMost(1.3) : undefined,
    ),
    compare(mean(all.map(({ drawn }) => drawn)), 'one at a time, as drawn'),
    compare(mean(all.map(({ asRanked }) => asRanked)), 'one at a time, as ranked'),
    row(
      {
        name: name('confident and wrong'),
        ours: 100 * wrong,
        peer: 100 * stated,
        peerName: 'as stated',
        unit: '%',
      },
      ratioAtMost(1),
    ),
  ];
}
