/** What operators run for objects of their own kinds → parts; topics and queues that are such objects. */
import { absentPart, fileSettings, type Link, type Part, type Setting, spotOf } from '../manifest/part.ts';
import { at, entriesOf, itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';
import { kindOf } from '../recognise.ts';
import { type KubeObject, keyOf } from './objects.ts';
import { OPERATED, type Operated } from './operated.ts';

export type Run = {
  part: Part;
  namespace: string | null;
  /** The services under which it is reached. */
  services: readonly string[];
};

export const operatedBy = ({ kind, api }: KubeObject): Operated | undefined =>
  OPERATED.find((each) => each.api === api && each.kinds.includes(kind));

/** Topics and queues by the cluster that they are in. */
const CARRIERS: readonly { api: string; kind: string; of: string; creates: string }[] = [
  { api: 'kafka.strimzi.io', kind: 'KafkaTopic', of: 'Kafka', creates: 'create.topics' },
  { api: 'rabbitmq.com', kind: 'Queue', of: 'RabbitmqCluster', creates: 'create.queues' },
];
const carrierOf = ({ kind, api }: KubeObject) =>
  CARRIERS.find((each) => each.api === api && each.kind === kind);

/** True for objects that come to something here. */
export const isOperated = (object: KubeObject): boolean =>
  operatedBy(object) !== undefined || carrierOf(object) !== undefined || object.kind === 'KafkaNodePool';

export function runsIn(objects: readonly KubeObject[]): { runs: Run[]; links: Link[] } {
  const runs = new Map<string, Run>();
  for (const object of objects) {
    const operated = operatedBy(object);
    if (operated) runs.set(keyOf(object), runOf(object, operated, objects));
  }
  for (const object of objects) {
    const carrier = carrierOf(object);
    const cluster = carrier && clusterNamed(object);
    if (!carrier || cluster === undefined) continue;
    const { namespace, tree } = object;
    const known = [...runs.values()].find(
      ({ part, namespace: of }) => part.name === cluster && (of ?? namespace) === (namespace ?? of),
    );
    const run = known ?? absentRun({ ...object, kind: carrier.of, name: cluster });
    const value = textOf(tree, 'spec', 'topicName') ?? textOf(tree, 'spec', 'name') ?? object.name;
    const topic: Setting = { key: carrier.creates, value, spot: spotOf(tree.where), isLoose: true };
    const part = { ...run.part, settings: [...run.part.settings, topic] };
    runs.set(part.key, { ...run, part });
  }
  return { runs: [...runs.values()], links: references(objects, runs) };
}

const clusterNamed = ({ tree }: KubeObject): string | undefined =>
  textOf(tree, 'metadata', 'labels', 'strimzi.io/cluster') ??
  textOf(tree, 'spec', 'rabbitmqClusterReference', 'name');

function runOf(object: KubeObject, operated: Operated, objects: readonly KubeObject[]): Run {
  const { name, namespace, tree, kind } = object;
  const spec = under(tree, 'spec');
  const known = kindOf({ technology: operated.technology });
  const version = operated.version === '' ? undefined : textOf(at(spec, operated.version)[0]);
  const counts = (each: string) => at(spec, each).flatMap((found) => Number(textOf(found) ?? NaN));
  const pools = objects.filter((each) => each.kind === 'KafkaNodePool' && clusterNamed(each) === name);
  const nodes =
    kind === 'Kafka' && pools.length > 0
      ? pools.flatMap((pool) => (isBroker(pool) ? Number(textOf(pool.tree, 'spec', 'replicas')) : []))
      : counts(operated.count);
  const instances = nodes.reduce((sum, each) => sum + each, 0);
  const config = operated.config === '' ? undefined : at(spec, operated.config)[0];
  const services = operated.services.map((each) => each.replace('*', name));
  const part: Part = {
    ...{ key: keyOf(object), name, spot: spotOf(tree.where), ports: [], group: namespace },
    ...{ kind: known.kind, technology: known.technology ?? undefined, version },
    ...(nodes.length > 0 && Number.isSafeInteger(instances) && { instances }),
    names: namespace === null ? services : services.flatMap((each) => [each, `${each}.${namespace}`]),
    settings: [
      ...(config === undefined
        ? []
        : typeof config.value === 'string'
          ? fileSettings('config.yaml', config)
          : flat('', config)),
      ...(spec ? flat('', spec) : []).map((each): Setting => ({ ...each, isLoose: true })),
    ],
    resolve: () => [],
  };
  return { part, namespace, services };
}

const isBroker = ({ tree }: KubeObject): boolean => {
  const roles = itemsOf(under(tree, 'spec', 'roles'));
  return roles.length === 0 || roles.some(({ value }) => value === 'broker');
};

function absentRun(object: KubeObject): Run {
  const { name, namespace, tree } = object;
  const operated = operatedBy(object)!;
  const { kind, technology } = kindOf({ technology: operated.technology });
  const part = absentPart(keyOf(object), name, spotOf(tree.where), namespace);
  return {
    part: { ...part, kind, technology: technology ?? undefined },
    namespace,
    services: operated.services.map((each) => each.replace('*', name)),
  };
}

function flat(key: string, tree: Tree): Setting[] {
  const { value, where } = tree;
  if (typeof value === 'string') return [{ key, value, spot: spotOf(where) }];
  return [
    ...itemsOf(tree).flatMap((item) => flat(key, item)),
    ...[...entriesOf(tree)].flatMap(([name, item]) => flat(key === '' ? name : `${key}.${name}`, item)),
  ];
}

/** As Kibana names its Elasticsearch: `elasticsearchRef`. */
function references(objects: readonly KubeObject[], runs: ReadonlyMap<string, Run>): Link[] {
  return objects.flatMap((object): Link[] => {
    const reference = under(object.tree, 'spec', 'elasticsearchRef', 'name');
    const source = runs.get(keyOf(object));
    if (!source || typeof reference?.value !== 'string') return [];
    const target = [...runs.values()].find(
      ({ part }) => part.name === reference.value && part.technology === 'Elasticsearch',
    );
    return target
      ? [{ source: source.part.key, target: target.part.key, spot: spotOf(reference.where) }]
      : [];
  });
}
