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
  const { out, in: into } = adjacencyOf(board.edges);
  const singles = partsOf(part).flatMap((each) => membersOf(board, each));
  const nodes = new Set(singles.flatMap(({ type, id }) => (type === 'node' ? [id] : [])));
  const edges = new Set(singles.flatMap(({ type, id }) => (type === 'edge' ? [id] : [])));
  const ends = [...edges].flatMap((id) => board.edges[id]?.source ?? []);
  const instances = singles.flatMap(({ type, id }) => (type === 'instance' ? [id] : []));
  const felt = reachable(board.edges, [...nodes, ...ends, ...instances], 'in');
  const dependants = [...felt].filter((id) => !nodes.has(id) && !instances.includes(id));
  const entries = dependants.filter((id) => !into.get(id)?.some(({ source }) => source !== id));
  const isEnd = action === 'stubbed' || action === 'stopped';
  return { entries, dependants, unreached: isEnd ? unreachedBy(board, out, nodes, edges) : [] };
}

/** What could be reached from where requests come in, and can't be any more. */
function unreachedBy(
  board: Parts,
  out: ReturnType<typeof adjacencyOf>['out'],
  nodes: ReadonlySet<Id>,
  edges: ReadonlySet<Id>,
): Id[] {
  const { in: into } = adjacencyOf(board.edges);
  const entries = Object.keys(board.nodes).filter((id) => !into.get(id)?.some(({ source }) => source !== id));
  const still = new Set(entries);
  for (const id of still)
    if (!nodes.has(id)) for (const edge of out.get(id) ?? []) if (!edges.has(edge.id)) still.add(edge.target);
  return [...reachable(board.edges, entries, 'out')].filter((id) => !still.has(id) && !nodes.has(id));
}

function membersOf({ nodes }: Parts, part: SinglePart): SinglePart[] {
  if (part.type !== 'group') return [part];
  return Object.values(nodes)
    .filter(({ group }) => group === part.id)
    .map(({ id }) => ({ type: 'node', id }));
}
