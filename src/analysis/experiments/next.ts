/**
 * What to take out next: what tells most about who is guilty, for what it costs. One part, or several at once: a stub
 * takes out all that is reached only through it, so that few of them can halve what is still suspected.
 */
import {
  type Action,
  type Board,
  type NodeKind,
  type Part,
  partKey,
  type SinglePart,
} from '../../graph/index.ts';
import type { Beliefs } from './beliefs.ts';
import { type Effect, effectOf } from './effect.ts';
import { isMeasurable } from './measurable.ts';
import { densityAt, type Expectation, endsOf, expectationOf, sharedExpectation } from './scene.ts';

export type Suggestion = {
  part: Part;
  action: Action;
  /** What it is expected to tell, in bits: 1 halves what is in doubt. */
  bits: number;
  cost: number;
  /** How likely it is that the symptom goes. */
  goes: number;
};

export type NextOptions = {
  /** So many parts at once at most. */
  most?: number;
};

const MOST = 6;
/** Each further part taken out at the same time costs so much of what it costs alone. */
const FURTHER = 0.05;
/** Less than this many bits is not worth the while. */
const LEAST_BITS = 0.02;

type Parts = Pick<Board, 'nodes' | 'edges'>;
type Trial = { parts: readonly SinglePart[]; action: Action; cost: number; effect: Effect; worth: number };

/** The best that can be done next, first; nothing where no part that can be taken out would tell anything. */
export function nextBest(board: Parts, beliefs: Beliefs, { most = MOST }: NextOptions = {}): Suggestion[] {
  const singles = trialsOf(board, beliefs).sort((a, b) => b.worth - a.worth);
  const pool = singles.slice(0, POOL);
  const sets = pool.slice(0, STARTS).map((start) => grown(board, beliefs, start, pool, most));
  const trials = new Map(
    [...sets, ...pool.slice(0, CLOSER)].map((trial) => [
      `${trial.action} ${partKey(asPart(trial.parts))}`,
      trial,
    ]),
  );
  return [...trials.values()]
    .map((trial) => suggestionOf(beliefs, trial))
    .filter(({ bits }) => bits >= LEAST_BITS)
    .sort((a, b) => b.bits / b.cost - a.bits / a.cost);
}
/** Sets are grown out of so many single parts, from so many starts; so many singles are looked at closely. */
const POOL = 48;
const STARTS = 3;
const CLOSER = 12;

/** Where several share it: to take out the likeliest of them together, which shows whether it is they. */
export function togetherOf(board: Parts, beliefs: Beliefs): Suggestion[] {
  const { settled, sharers, symptom, ways } = beliefs;
  const parts = sharers.map(({ part }) => part);
  if (settled?.kind !== 'spread' || parts.length < 2) return [];
  const costs = parts.map((part) => costOf(board, part));
  const action = parts.every(({ type }) => type === 'node' || type === 'edge') ? 'stubbed' : 'restored';
  const cost = costs.reduce<number>((sum, each) => (each === 'never' ? Infinity : sum + each), 0);
  if (cost === Infinity || !parts.every((part) => isMeasurable(board, symptom, ways, part, action)))
    return [];
  // of two that are guilty, these are both at least so likely
  const both = Math.max(0, sharers.reduce((sum, { share }) => sum + share, 0) - 1);
  const suggestion = suggestionOf(beliefs, weighed(board, beliefs, parts, action, cost));
  return [{ ...suggestion, goes: settled.share * Math.min(1, both) }];
}

/** How single parts are taken out, where nobody says otherwise. */
const PASSED_BY: ReadonlySet<NodeKind> = new Set(['gateway', 'load balancer', 'cache']);

function trialsOf(board: Parts, beliefs: Beliefs): Trial[] {
  const { ways } = beliefs;
  const trials: Trial[] = [];
  const add = (part: SinglePart, action: Action, factor = 1) => {
    const cost = costOf(board, part);
    if (cost === 'never') return;
    if (!isMeasurable(board, beliefs.symptom, ways, part, action)) return;
    trials.push(weighed(board, beliefs, [part], action, cost * factor));
  };
  for (const id of ways.nodes) {
    add({ type: 'node', id }, 'stubbed');
    if (PASSED_BY.has(board.nodes[id]!.kind)) add({ type: 'node', id }, 'bypassed');
    if (board.nodes[id]!.kind !== 'client') add({ type: 'node', id }, 'restored', PUT_BACK);
  }
  for (const { id } of ways.edges) {
    add({ type: 'edge', id }, 'stubbed');
    add({ type: 'edge', id }, 'bypassed', ANOTHER_WAY);
  }
  const instances = beliefs.candidates.filter(({ part }) => part.type === 'instance');
  const counts = Map.groupBy(instances, ({ part }) => part.id);
  const nodes = new Map(beliefs.candidates.map(({ key, share }) => [key, share]));
  const ofNode = (id: string) => nodes.get(partKey({ type: 'node', id })) ?? 0;
  for (const { part, share } of instances)
    if (share > RARE || ofNode(part.id) > RARE)
      add(part, counts.get(part.id)!.length > 2 ? 'stopped' : 'restored');
  return trials;
}
/** To put a part back to what it was before, and let it run, takes more than to stub it. */
const PUT_BACK = 1.5;
/** To lead traffic over another way takes more than to leave out a call. */
const ANOTHER_WAY = 1.5;
/** Instances less likely than this are not tried one by one, unless it may be the whole node: each of them tells that. */
const RARE = 1e-3;

/** What was tried and told something tells so much less when it is tried again, and the third time nothing. */
const AGAIN = 0.3;
const MOST_TRIES = 2;

/** What of a trial's information is new. */
function newness({ steps }: Beliefs, parts: readonly SinglePart[], action: Action): number {
  const key = partKey(asPart(parts));
  const tried = steps.filter(
    ({ counts, verdict, experiment }) =>
      counts &&
      verdict.outcome !== "can't tell" &&
      experiment.action === action &&
      partKey(experiment.part) === key,
  ).length;
  return tried >= MOST_TRIES ? 0 : AGAIN ** tried;
}

function costOf(board: Parts, { type, id }: SinglePart): number | 'never' {
  return (type === 'edge' ? board.edges[id] : board.nodes[id])?.takeOut ?? 1;
}

/** Roughly what a trial tells for its cost: the entropy of whether the symptom goes, less what is neither. */
function weighed(
  board: Parts,
  beliefs: Beliefs,
  parts: readonly SinglePart[],
  action: Action,
  cost: number,
): Trial {
  const effect = effectOf(board, beliefs.ways, asPart(parts), action);
  let gone = 0;
  let partly = 0;
  for (const candidate of beliefs.candidates) {
    const rest = effect.rest(candidate);
    if (rest < 0.02) gone += candidate.share;
    else if (rest < 0.98) partly += candidate.share;
  }
  const { well, ill } = endsOf(beliefs.scene, effect.removed);
  const gap = Math.min(1, Math.abs(ill - well) / (3 * beliefs.sigma));
  const relief = beliefs.scene.isQueueing ? effect.removed : effect.removed / 4;
  const fresh = newness(beliefs, parts, action);
  const worth = (fresh * entropy([gone, 1 - gone]) * gap * (1 - 0.7 * partly) * (1 - 0.7 * relief)) / cost;
  return { parts, action, cost, effect, worth };
}

const asPart = (parts: readonly SinglePart[]): Part =>
  parts.length === 1 ? parts[0]! : { type: 'several', parts: [...parts] };

/** The trial with others added as long as that tells more for the cost. */
function grown(board: Parts, beliefs: Beliefs, start: Trial, pool: readonly Trial[], most: number): Trial {
  let best = start;
  while (best.parts.length < most) {
    let better: Trial | null = null;
    for (const { parts, action, cost } of pool) {
      const [part] = parts;
      if (action !== best.action || !fits(beliefs, best.parts, part!)) continue;
      const together = Math.max(best.cost, cost) + FURTHER * Math.min(best.cost, cost);
      const trial = weighed(board, beliefs, [...best.parts, part!], action, together);
      if (trial.worth > (better ?? best).worth * 1.001) better = trial;
    }
    if (!better) break;
    best = better;
  }
  return best;
}

/** Not the same one twice, and of a part's instances no more than half, so that the others can bear it. */
function fits({ candidates }: Beliefs, parts: readonly SinglePart[], part: SinglePart): boolean {
  if (part.type !== 'instance') return !parts.some((each) => partKey(each) === partKey(part));
  const isSibling = (each: SinglePart) => each.type === 'instance' && each.id === part.id;
  const siblings = parts.filter(isSibling);
  const all = candidates.filter((each) => isSibling(each.part)).length;
  return !siblings.some((each) => partKey(each) === partKey(part)) && 2 * (siblings.length + 1) <= all;
}

/** What a trial tells, exactly: the entropy of what it may bring, less what stays open whoever is guilty. */
function suggestionOf(beliefs: Beliefs, { parts, action, cost, effect }: Trial): Suggestion {
  const { scene, sigma, candidates, undrawn, spread } = beliefs;
  const classes = new Map<number, number>([[1, undrawn]]);
  let goes = 0;
  let out = 0;
  let whole = 0;
  for (const candidate of candidates) {
    const rest = Math.round(Math.min(1, effect.rest(candidate)) * 20) / 20;
    classes.set(rest, (classes.get(rest) ?? 0) + candidate.share);
    if (rest < 0.02) goes += candidate.share;
    out += candidate.prior * (1 - rest);
    whole += candidate.prior;
  }
  const expectations: [number, Expectation][] = [...classes].map(([rest, share]) => [
    share,
    expectationOf(scene, rest, effect.removed, sigma),
  ]);
  const shared = sharedExpectation(scene, whole > 0 ? out / whole : 0, effect.removed, sigma);
  expectations.push([spread, shared]);
  const { well, ill } = endsOf(scene, effect.removed);
  const bits = information(expectations, Math.min(well, ill) - 1, Math.max(well, ill) + 1);
  const fresh = newness(beliefs, parts, action);
  return { part: asPart(parts), action, bits: fresh * bits, cost, goes };
}

const CELLS = 40;

function information(
  expectations: readonly [share: number, expectation: Expectation][],
  from: number,
  to: number,
): number {
  const width = (to - from) / CELLS;
  const mixed = new Float64Array(CELLS);
  let open = 0;
  for (const [share, expectation] of expectations) {
    if (share < 1e-6) continue;
    const cells = Float64Array.from(
      { length: CELLS },
      (_, i) => densityAt(expectation, from + (i + 0.5) * width) * width,
    );
    const sum = cells.reduce((a, b) => a + b, 0);
    const chances = cells.map((each) => each / sum);
    chances.forEach((each, i) => {
      mixed[i]! += share * each;
    });
    open += share * entropy(chances);
  }
  return Math.max(0, entropy(mixed) - open);
}

/** Shannon's, in bits. */
const entropy = (chances: Iterable<number>): number => {
  let sum = 0;
  for (const chance of chances) if (chance > 0) sum -= chance * Math.log2(chance);
  return sum;
};
