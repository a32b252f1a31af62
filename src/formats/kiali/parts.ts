/** The nodes of a Kiali graph: what each is and which names it goes by, the boxes, and who is joined to whom. */
import type { Fault, NodeKind } from '../../graph/index.ts';
import { isObject } from '../format.ts';
import { type Flow, flowOf } from './traffic.ts';

type Json = Record<string, unknown>;

export type Part = {
  id: string;
  /** Id of the box it is in. */
  parent: string | null;
  /** Kiali's node type; of a part that nobody knows, what it seems to be. */
  type: string;
  kind: NodeKind;
  name: string;
  /** False for what Kiali calls unknown. */
  isNamed: boolean;
  namespace: string | null;
  version: string | null;
  cluster: string | null;
  /** Its workload, its app and the services that it was asked for as, with and without their namespaces. */
  besides: readonly string[];
  description: string | null;
};

export type Box = Pick<Part, 'parent' | 'namespace' | 'cluster'> & { name: string };
/** Who calls whom, over each of the protocols. */
export type Link = {
  source: string;
  target: string;
  flows: Flow[] /** Where it is first stated. */;
  at: string;
};
export type KialiGraph = { parts: Part[]; boxes: ReadonlyMap<string, Box>; links: Link[]; broken: Fault[] };

export function graphIn(elements: Json): KialiGraph {
  const broken: Fault[] = [];
  const boxes = new Map<string, Box>();
  const drafts = new Map<string, Json>();
  for (const [node, path] of dataIn(elements.nodes, 'elements.nodes', broken)) {
    const id = node.id;
    if (typeof id !== 'string' || id === '') broken.push({ path: `${path}.id`, reason: 'must be an id' });
    else if (drafts.has(id) || boxes.has(id))
      broken.push({ path: `${path}.id`, reason: 'is the id of another node, too' });
    // Kiali before 1.28 calls boxes groups, of the type of what is in them.
    else if (node.nodeType === 'box' || typeof node.isGroup === 'string') boxes.set(id, boxOf(node));
    else drafts.set(id, node);
  }
  const links = new Map<string, Link>();
  const called = new Set<string>();
  for (const [edge, path] of dataIn(elements.edges, 'elements.edges', broken)) {
    const { source, target } = edge;
    if (typeof source !== 'string' || !drafts.has(source))
      broken.push({ path: `${path}.source`, reason: 'must be the id of a node' });
    else if (typeof target !== 'string' || !drafts.has(target))
      broken.push({ path: `${path}.target`, reason: 'must be the id of a node' });
    else {
      const key = JSON.stringify([source, target]);
      const link = links.get(key) ?? { source, target, flows: [], at: path };
      const flow = flowOf(edge, path, broken);
      if (link.flows.some(({ protocol }) => protocol === flow.protocol))
        broken.push({ path, reason: 'says again what an edge before it says' });
      else link.flows.push(flow);
      links.set(key, link);
      called.add(target);
    }
  }
  const parts = [...drafts].map(([id, node]) => partOf(id, node, called.has(id)));
  return { parts, boxes, links: [...links.values()], broken };
}

function* dataIn(list: unknown, under: string, broken: Fault[]): Generator<[data: Json, path: string]> {
  if (list === undefined || list === null) return;
  if (!Array.isArray(list)) {
    broken.push({ path: under, reason: 'must be a list' });
    return;
  }
  for (const [i, item] of list.entries()) {
    const path = `${under}.${i}.data`;
    if (isObject(item) && isObject(item.data)) yield [item.data, path];
    else broken.push({ path, reason: 'must be an object' });
  }
}

/** Names of Kubernetes have up to 253 characters, labels up to 63. */
const LONGEST = { name: 253, label: 63 };
/** Kiali writes "unknown" for what it doesn't know. */
function known(value: unknown, longest = LONGEST.name): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text === 'unknown' ? null : text.slice(0, longest);
}
const placeOf = ({ namespace, cluster }: Json) => ({
  namespace: known(namespace, LONGEST.label),
  cluster: known(cluster, LONGEST.label),
});

/** A name as telemetry may have it: bare, and as `name.namespace`. */
export const inNamespace = (name: string | null, { namespace }: Pick<Part, 'namespace'>): string[] =>
  name === null ? [] : namespace === null ? [name] : [name, `${name}.${namespace}`];

function boxOf(node: Json): Box {
  const place = placeOf(node);
  const by = node.isBox ?? node.isGroup;
  const app = by === 'app' || by === 'version' ? known(node.app) : null;
  const name = app ?? (by === 'cluster' ? null : place.namespace) ?? place.cluster ?? 'box';
  return { parent: known(node.parent), name, ...place };
}

const MOST_SERVICES = 20;
const GATEWAY = /(?:^|-)(?:in|e)gress-?gateway(?:-|$)/;

function partOf(id: string, node: Json, isCalled: boolean): Part {
  const [app, workload, service] = [known(node.app), known(node.workload), known(node.service)];
  const place = placeOf(node);
  const type = known(node.nodeType, LONGEST.label) ?? 'unknown';
  const aggregate = known(node.aggregate)?.replace(/^[^=]*=/, '') ?? null;
  const named: Partial<Record<string, string | null>> = {
    ...{ app, workload, service },
    aggregate: aggregate && [app ?? service, aggregate].filter((each) => each !== null).join(' '),
  };
  const own = (Object.hasOwn(named, type) ? named[type] : null) ?? app ?? workload ?? service;
  const kind = own === null ? (isCalled ? 'external' : 'client') : kindOf(node, [app, workload]);
  const asked = Array.isArray(node.destServices) ? node.destServices.slice(0, MOST_SERVICES) : [];
  const services = asked.filter(isObject).flatMap((each) => inNamespace(known(each.name), placeOf(each)));
  const flags = FLAGS.flatMap(([flag, words]) => (node[flag] ? [words] : []));
  return {
    ...{ id, parent: known(node.parent), kind, ...place },
    type: own === null ? kind : type,
    name: own ?? 'unknown',
    isNamed: own !== null && type !== 'aggregate',
    version: known(node.version, LONGEST.label),
    besides: [...[workload, app, service].flatMap((name) => inNamespace(name, place)), ...services],
    description: flags.length > 0 ? `In Kiali: ${flags.join(', ')}.` : null,
  };
}

function kindOf(node: Json, names: readonly (string | null)[]): NodeKind {
  if (node.isGateway || node.isWaypoint || names.some((name) => name && GATEWAY.test(name))) return 'gateway';
  const entry = isObject(node.isServiceEntry) ? node.isServiceEntry.location : null;
  return entry === 'MESH_EXTERNAL' ? 'external' : 'service';
}

const FLAGS = [
  ['isDead', 'no pods'],
  ['isIdle', 'idle'],
  ['isOutOfMesh', 'no sidecar'],
  ['hasCB', 'circuit breaker'],
  ['hasFaultInjection', 'fault injection'],
  ['hasRequestTimeout', 'request timeout'],
  ['hasTrafficShifting', 'traffic shifting'],
  ['hasTCPTrafficShifting', 'TCP traffic shifting'],
  ['hasMirroring', 'mirroring'],
] as const;
