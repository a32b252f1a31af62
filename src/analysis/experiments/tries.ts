/** What was tried, and how likely each answer to whose guilt it is makes what came of it. */
import { type Board, type Experiment, partKey, type Symptom } from '../../graph/index.ts';
import { type Effect, effectOf } from './effect.ts';
import { densitiesAt, type Expectation, endsOf, type Scene, sceneOf } from './scene.ts';
import type { ExperimentVerdict } from './verdict.ts';
import type { Ways } from './ways.ts';

/** An experiment and what it brought. */
export type Step = {
  experiment: Experiment;
  verdict: ExperimentVerdict;
  /** Nothing is concluded from it: withdrawn, not measured yet, or of another symptom. */
  counts: boolean;
};

/** One thing, tried in one way, once or several times. */
export type Try = {
  effect: Effect;
  /** Natural logarithm of how likely what was seen is, if that was to be expected. */
  trial(expect: (scene: Scene, sigma: number) => Expectation): number;
};

type Input = { ways: Ways; symptom: Symptom; noise: number; steps: readonly Step[] };

/** What was tried twice in one way goes wrong in one way: it is one piece of evidence, measured twice. */
export function triesOf(board: Pick<Board, 'nodes'>, { ways, symptom, noise, steps }: Input): Try[] {
  const tries = Map.groupBy(steps, ({ experiment }) => `${experiment.action} ${partKey(experiment.part)}`);
  return [...tries.values()].map((same) => {
    const { part, action } = same[0]!.experiment;
    const effect = effectOf(board, ways, part, action);
    return { effect, trial: (expect) => Math.log(likelihood(same, symptom, effect, noise, expect)) };
  });
}

/** How likely it is that one thing, tried so often, brought those changes. */
function likelihood(
  same: readonly Step[],
  symptom: Symptom,
  { removed }: Effect,
  noise: number,
  expect: (scene: Scene, sigma: number) => Expectation,
): number {
  let weights: number[] | null = null;
  let products: number[] = [];
  for (const { verdict, experiment } of same) {
    const scene = sceneOf(symptom, verdict.before ?? 0, verdict.usual, noise);
    const seen = changeOf(verdict, experiment, scene, removed);
    const sigma = Math.hypot(seen.sigma, noise);
    const { well, ill } = endsOf(scene, removed);
    // what is gone is gone: how far below all that was expected it is tells nothing more
    const change = Math.max(seen.change, Math.min(well, ill) - sigma);
    const expectation = expect(scene, sigma);
    const densities = densitiesAt(expectation, change);
    weights ??= expectation.map(({ weight }) => weight);
    products = densities.map((density, i) => density * (products[i] ?? 1));
  }
  return products.reduce((sum, product, i) => sum + product * weights![i]!, 0);
}

/** What was measured, or where a person's word puts it. */
function changeOf(
  { ratio, sigma }: ExperimentVerdict,
  { outcome }: Experiment,
  scene: Scene,
  removed: number,
) {
  if (ratio !== null) return { change: Math.log(ratio), sigma };
  const { well, ill } = endsOf(scene, removed);
  const gap = ill - well;
  const said = { gone: well, better: (well + ill) / 2, same: ill, worse: ill + Math.abs(gap) / 4 };
  return { change: said[outcome ?? 'same'], sigma: Math.abs(gap) / 6 };
}
