/**
 * What the symptom does when something is taken out, if a certain part is guilty: how likely each change of it is. A
 * change is the natural logarithm of after ÷ before.
 *
 * Where the guilty part has no influence left, the symptom goes to what it usually is, less the time that went with
 * what was taken out; where all of its influence is left, only that time is missed. Between the two there is no sharp
 * expectation. And now and then, things go otherwise: spared queues and pools speed up others, what is put in place
 * is slow, somebody deploys. So every expectation has a flat part, in which nothing is impossible.
 */
import type { Symptom } from '../../graph/index.ts';
import { isQueueing, isTime, quantileOf } from './symptom.ts';

export type Scene = {
  /** Usual ÷ before, ln; negative while the symptom is higher than it should be. */
  level: number;
  /** How surely that is known, standard deviation. */
  levelSigma: number;
  /** Whether parts have shares of the symptom, being a time. */
  isTime: boolean;
  /** Whether a little less load may end it. */
  isQueueing: boolean;
  /** A quantile stays where it is as long as more requests than this are touched, a share; 1 for what is no quantile. */
  beyond: number;
};

/** Where nobody knows what is usual: about a third of what it is, give or take a factor of two. */
const UNKNOWN = { level: -1.1, levelSigma: 0.7 };
/** How far off a usual figure is besides that it wanders: some of it was long ago. */
const USUAL_SIGMA = 0.05;

/** @param noise how far a change between two measurements is off by itself: the usual figure is but one of two */
export const sceneOf = (symptom: Symptom, before: number, usual: number | null, noise: number): Scene => ({
  ...(usual !== null && usual > 0 && before > 0
    ? { level: Math.log(usual / before), levelSigma: Math.hypot(USUAL_SIGMA, noise / Math.SQRT2) }
    : UNKNOWN),
  isTime: isTime(symptom),
  isQueueing: isQueueing(symptom),
  beyond: isTime(symptom) ? Math.min(1, 2 * (1 - quantileOf(symptom)) + 1e-9) : 1,
});

/** A change is looked for around a point, or anywhere in a range. */
type Component = { weight: number } & ({ at: number; sigma: number } | { from: number; to: number });
export type Expectation = readonly Component[];

/** How often things go otherwise than expected. */
const OTHERWISE = 0.01;
/** … the more so, the more work is taken off the rest: for times and, much more, for what piles up. */
const RELIEF = { time: 0.15, queueing: 0.3 };
/** An expectation this much of the way off is nothing unusual. */
const OFF = 0.1;
/** How much of a quantile goes with a share of the mean is known no better: where only some requests take that way, little. */
const UNSURE = 0.3;
/** Influence that is neither all gone nor all left: where there is a threshold on the way, it may end all or nothing. */
const PARTLY = { between: 0.2, off: 0.2, flat: 0.1 };
/** How often such a threshold decides, and not how many requests are still touched. */
const THRESHOLDS = 0.2;

/** What is expected if the guilty part has that much of its influence left. @param sigma of the measured change */
export function expectationOf(scene: Scene, rest: number, removed: number, sigma: number): Expectation {
  const { well, ill } = endsOf(scene, removed);
  const flat = { from: Math.min(well, ill) - 1, to: Math.max(well, ill) + 1 };
  if (rest > 0.98) {
    const relief = scene.isQueueing ? RELIEF.queueing : RELIEF.time;
    const weight = OTHERWISE + relief * removed * (1 - OTHERWISE);
    return [
      { weight: 1 - weight, at: ill, sigma: Math.hypot(sigma, OFF * (ill - well), UNSURE * ill) },
      { weight, ...flat },
    ];
  }
  if (rest < 0.02)
    return [
      {
        weight: 1 - OTHERWISE,
        at: well,
        sigma: Math.hypot(sigma, OFF * (ill - well), scene.levelSigma, UNSURE * (well - scene.level)),
      },
      { weight: OTHERWISE, ...flat },
    ];
  const between = Math.log(Math.exp(well) + rest * (Math.exp(ill) - Math.exp(well)));
  const narrow = Math.hypot(sigma, OFF * (ill - well), scene.levelSigma);
  const ends = 1 - PARTLY.between - PARTLY.flat;
  const stays = THRESHOLDS * rest + (1 - THRESHOLDS) * Math.min(1, rest / scene.beyond);
  return [
    { weight: ends * (1 - stays), at: well, sigma: narrow },
    { weight: ends * stays, at: ill, sigma: narrow },
    { weight: PARTLY.between, at: between, sigma: Math.hypot(sigma, PARTLY.off * (ill - well)) },
    { weight: PARTLY.flat, ...flat },
  ];
}

/** The expectation if two parts share the guilt and each has been taken out with that probability. */
export function sharedExpectation(scene: Scene, out: number, removed: number, sigma: number): Expectation {
  const scaled = (rest: number, weight: number) =>
    expectationOf(scene, rest, removed, sigma).map((each) => ({ ...each, weight: each.weight * weight }));
  return [
    ...scaled(0, out ** 2),
    ...scaled(1, (1 - out) ** 2),
    ...rangeBetween(scene, removed, sigma).map((each) => ({ ...each, weight: 2 * out * (1 - out) })),
  ];
}

/** The expectation if one of two that share the guilt is out: it gets better by nobody knows how much. */
export function rangeBetween(scene: Scene, removed: number, sigma: number): Expectation {
  const { well, ill } = endsOf(scene, removed);
  const [from, to] = [Math.min(well, ill) - REACH * sigma, Math.max(well, ill) + REACH * sigma];
  return [{ weight: 1, from, to }];
}

/** A range as wide as this many standard deviations to either side is off by as much as one of them. */
const REACH = Math.sqrt(3);

/** Where the symptom goes if the guilty part is out, and if it is not. */
export function endsOf({ level, isTime: hasShares }: Scene, removed: number): { well: number; ill: number } {
  if (!hasShares) return { well: level, ill: 0 };
  return {
    well: level + Math.log(Math.max(0.05, 1 - removed)),
    ill: Math.log(Math.max(0.05, 1 - removed * Math.exp(Math.min(level, 0)))),
  };
}

/** Each component's density at a change, so that several measurements of one cause can be taken together. */
export const densitiesAt = (expectation: Expectation, change: number): number[] =>
  expectation.map((each) => {
    if ('from' in each) {
      const width = Math.max(each.to - each.from, 0.05);
      const away = Math.max(each.from - change, change - each.to, 0);
      return away === 0 ? (1 - FAR) / width : (FAR / 2) * Math.exp(-away);
    }
    return studentT((change - each.at) / each.sigma) / each.sigma;
  });
/** The share of a flat part that lies beyond its range: nothing is impossible. */
const FAR = 0.05;

export const densityAt = (expectation: Expectation, change: number): number =>
  densitiesAt(expectation, change).reduce((sum, density, i) => sum + expectation[i]!.weight * density, 0);

/** Density of Student's t with 4 degrees of freedom: like the normal one, but with tails that bear what is odd. */
const studentT = (t: number): number => 0.375 * (1 + (t * t) / 4) ** -2.5;
