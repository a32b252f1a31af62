/** Before a part is taken out: what goes with it, whether the symptom can still be measured, and what will be seen. */
import {
  type Action,
  adjacencyOf,
  type Board,
  type Id,
  type Part,
  partsOf,
  reachable,
  type SinglePart,
  type Snapshot,
  type Symptom,
  takenOut,
} from '../../graph/index.ts';
import { candidatesOf } from './candidates.ts';
import { effectOf } from './effect.ts';
import { isMeasurable } from './measurable.ts';
import { endsOf, expectationOf, sceneOf } from './scene.ts';
import { levelOf, readingOf } from './symptom.ts';
import { waysOf } from './ways.ts';

type Parts = Pick<Board, 'nodes' | 'edges' | 'groups'>;

/** A figure that is expected, and what it may be at 95 %. */
export type Expected = { value: number; low: number; high: number };

export type Plan = {
  part: Part;
  action: Action;
  symptom: Symptom;
  cutsOff: {
    /** Where requests come in that get to feel it. */
    entries: readonly Id[];
    /** Whoever needs what is taken out, directly or through others. */
    dependants: readonly Id[];
    /** What no request gets to any more. */
    unreached: readonly Id[];
  };
  /** Whether those who need it get errors. */
  fails: boolean;
  isMeasurable: boolean;
  /** Of what may be guilty, what has no influence left: a share of the drawn parts on the symptom's ways. */
  covers: number;
  /** Of the symptom's usual time, what goes with it in any case. */
  removed: number;
  now: number | null;
  usual: number | null;
  /** The symptom's figure if the guilty part is out, and if it is not; null where it is not measured now. */
  ifGuilty: Expected | null;
  ifNot: Expected | null;
};

type PlanInput = {
  part: Part;
  action: Action;
  symptom: Symptom;
  /** As things are. */
  now: Snapshot | null;
  /** When all was well; null: nobody knows, so that every part is taken to need as long as the others. */
  usual: Snapshot | null;
};

export function planOf(board: Parts, { part, action, symptom, now, usual }: PlanInput): Plan {
  const ways = waysOf(board, symptom, usual);
  const effect = effectOf(board, ways, part, action);
  const candidates = candidatesOf({ board, ways, snapshots: [], experiments: [], prior: null });
  const whole = candidates.reduce((sum, { prior }) => sum + prior, 0);
  const out = candidates.reduce((sum, each) => sum + each.prior * (1 - Math.min(1, effect.rest(each))), 0);
  const level = (snapshot: Snapshot | null) =>
    snapshot && levelOf(readingOf(snapshot, symptom.subject, symptom.metric), symptom);
  const [is, was] = [level(now), level(usual)];
  const scene = sceneOf(symptom, is ?? 0, was, SIGMA);
  const { well, ill } = endsOf(scene, effect.removed);
  const expected = (at: number, rest: number): Expected | null => {
    if (is === null) return null;
    const peak = expectationOf(scene, rest, effect.removed, SIGMA).find((each) => 'at' in each);
    const reach = 1.96 * (peak && 'sigma' in peak ? peak.sigma : SIGMA);
    return { value: is * Math.exp(at), low: is * Math.exp(at - reach), high: is * Math.exp(at + reach) };
  };
  return {
    ...{ part, action, symptom },
    cutsOff: cutsOffBy(board, part, action),
    fails: action === 'stopped' && partsOf(part).some(({ type }) => type !== 'instance'),
    isMeasurable: partsOf(part).every((each) => isMeasurable(board, symptom, ways, each, action)),
    covers: whole > 0 ? out / whole : 0,
    removed: effect.removed,
    now: is,
    usual: was,
    ifGuilty: expected(well, 0),
    ifNot: expected(ill, 1),
  };
}

/** What a figure wanders by itself, standard deviation of its logarithm. */
const SIGMA = 0.12;

function cutsOffBy(board: Parts, part: Part, action: Action): Plan['cutsOff'] {
  if (action === 'restored') return { entries: [], dependants: [], unreached: [] };
  const { in: into } = adjacencyOf(board.edges);
  const singles = partsOf(part).flatMap((each) => membersOf(board, each));
  const idsOf = (type: SinglePart['type']) =>
    singles.filter((each) => each.type === type).map(({ id }) => id);
  const callers = idsOf('edge').flatMap((id) => board.edges[id]?.source ?? []);
  const taken = new Set([...idsOf('node'), ...idsOf('instance')]);
  const dependants = [...reachable(board.edges, [...taken, ...callers], 'in')].filter((id) => !taken.has(id));
  const entries = dependants.filter((id) => !into.get(id)?.some(({ source }) => source !== id));
  const isEnd = action === 'stubbed' || action === 'stopped';
  const planned = { planned: { id: 'planned', part, action, at: 0, since: 0 } };
  const unreached = isEnd ? [...takenOut({ ...board, experiments: planned }).unreached] : [];
  return { entries, dependants, unreached };
}

function membersOf({ nodes }: Parts, part: SinglePart): SinglePart[] {
  if (part.type !== 'group') return [part];
  return Object.values(nodes)
    .filter(({ group }) => group === part.id)
    .map(({ id }) => ({ type: 'node', id }));
}
