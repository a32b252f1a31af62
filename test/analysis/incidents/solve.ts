/** One incident, from the first figure to the answer: what the method asks for is done to the simulated system. */

import {
  beliefs,
  nextBest,
  type Prior,
  partName,
  priorOf,
  rankSuspects,
} from '../../../src/analysis/index.ts';
import {
  applyPatch,
  type Board,
  beginExperiment,
  measureExperiment,
  partKey,
  partsOf,
  putBack,
  type SinglePart,
  type Snapshot,
  type Symptom,
  subjectKey,
  takeOut,
} from '../../../src/graph/index.ts';
import type { Fault } from '../../../src/telemetry/index.ts';
import { type Uniform, uniformFrom } from '../chance.ts';
import { systemBoard } from './board.ts';
import { type Conditions, createWorld, feltIn, type World } from './world.ts';

export type Incident = {
  board: Board;
  world: World;
  fault: Fault;
  culprit: SinglePart;
  symptom: Symptom;
  /** Seconds that it takes to measure it. */
  seconds: number;
  usual: Snapshot;
  now: Snapshot;
};

/** An incident that can be seen somewhere; the same one for the same seed. */
export function incidentOf(seed: number, size: number, conditions: Conditions): Incident {
  const chance = uniformFrom(seed);
  for (;;) {
    const board = systemBoard(chance, size);
    const world = createWorld(board, Math.floor(chance() * 1e9), conditions, chance);
    world.settle();
    const usual = world.measure('usual');
    for (let tries = 0; tries < 8; tries++) {
      const { fault, culprit } = faultIn(board, chance);
      world.setFault(fault);
      world.settle();
      const now = world.measure('now');
      const felt = feltIn(board, usual, now, culprit);
      if (felt)
        return { board: { ...board, snapshots: { usual } }, world, fault, culprit, ...felt, usual, now };
      world.setFault(null);
      world.settle();
    }
  }
}

const TYPES = ['slow service', 'slow link', 'exhausted pool', 'slow consumer', 'slow instance'] as const;
const UNSTRUCK = new Set(['client', 'queue', 'topic', 'broker']);

function faultIn(board: Board, chance: Uniform): { fault: Fault; culprit: SinglePart } {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(chance() * list.length)];
  const nodes = Object.values(board.nodes).filter(({ kind }) => !UNSTRUCK.has(kind));
  for (;;) {
    const type = pick(TYPES)!;
    const by = 30 * 50 ** chance();
    if (type === 'slow link') {
      const { id } = pick(Object.values(board.edges))!;
      return { fault: { type, edge: id, by }, culprit: { type: 'edge', id } };
    }
    const node = pick(
      nodes.filter(({ kind, instances = 1 }) =>
        type === 'slow consumer'
          ? kind === 'worker'
          : type === 'slow instance'
            ? instances > 1
            : type !== 'exhausted pool' || kind !== 'external',
      ),
    );
    if (!node) continue;
    const culprit: SinglePart = { type: 'node', id: node.id };
    if (type !== 'slow instance') return { fault: { type, node: node.id, by }, culprit };
    const instance = Math.floor(chance() * node.instances!);
    return {
      fault: { type, node: node.id, instance, by },
      culprit: { type: 'instance', id: node.id, instance: `${node.name}-${instance + 1}` },
    };
  }
}

export type Answer = {
  /** What was found, and how surely; null where the method did not settle. */
  kind: 'found' | 'spread' | 'undrawn' | null;
  share: number;
  isRight: boolean;
  experiments: number;
  candidates: number;
  /** Of the candidates, in the order of their probability in the end. */
  keys: readonly string[];
  log: readonly string[];
  /** With all that was tried. */
  board: Board;
};

/** @param prior none: all parts are alike at first */
export function solve(
  { board: start, world, culprit, symptom, seconds, usual, now }: Incident,
  prior: Prior | null,
): Answer {
  let board = start;
  const log: string[] = [];
  const apply = (patch: Parameters<typeof applyPatch>[1]) => {
    board = applyPatch(board, patch).board;
  };
  const looked = { of: new Set([subjectKey(symptom.subject)]), seconds };
  for (let n = 0; ; n++) {
    const state = beliefs(board, { symptom, usual, now, prior });
    const candidates = state.candidates.length;
    const keys = state.candidates.map(({ key }) => key);
    const [best] = state.candidates;
    log.push(
      `${state.candidates
        .slice(0, 3)
        .map(({ part, share }) => `${partName(board, part)} ${share.toFixed(3)}`)
        .join(', ')}; spread ${state.spread.toFixed(3)}, undrawn ${state.undrawn.toFixed(3)}`,
    );
    if (state.settled || n >= 3 * Math.log2(candidates) + 6) {
      const { settled } = state;
      const share = settled?.kind === 'found' ? settled.belief.share : (settled?.share ?? best?.share ?? 0);
      const isRight = settled?.kind === 'found' && partKey(settled.belief.part) === partKey(culprit);
      return { kind: settled?.kind ?? null, share, isRight, experiments: n, candidates, keys, log, board };
    }
    const [next] = nextBest(board, state);
    if (!next)
      return {
        kind: null,
        share: best?.share ?? 0,
        isRight: false,
        experiments: n,
        candidates,
        keys,
        log,
        board,
      };
    const id = `x${n}`;
    const { part, action } = next;
    const before = world.measure(`${id}-before`, looked);
    apply(beginExperiment(board, { id, part, action, symptom, at: before.at, before }));
    apply(takeOut(board, { id, at: before.at }));
    world.setOut(partsOf(part).map((each) => ({ part: each, action })));
    world.settle();
    const after = world.measure(`${id}-after`, looked);
    apply(measureExperiment(board, { id, side: 'after', snapshot: after }));
    apply(putBack(board, { id, at: after.at }));
    world.setOut([]);
    world.settle();
    const { verdict } = beliefs(board, { symptom, usual }).steps.at(-1)!;
    log.push(
      `${action} ${partName(board, part)} (${next.bits.toFixed(2)} bits, goes ${next.goes.toFixed(2)}): ${verdict.before?.toFixed(1)} → ${verdict.after?.toFixed(1)} (usual ${verdict.usual?.toFixed(1)}), ${verdict.outcome}, σ ${verdict.sigma.toFixed(2)}`,
    );
  }
}

/** What the ranking says of an incident before anything is tried. */
export const rankingOf = ({ board, symptom, usual, now }: Incident): Prior =>
  priorOf(rankSuspects(board, { before: usual, now, symptom: symptom.subject }));
