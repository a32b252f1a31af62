/** What runs: Deployments and their like, Jobs, bare Pods → parts with what they are started with. */
import type { NodeKind } from '../../graph/index.ts';
import { commandSettings, fileSettings, type Setting, spotOf } from '../manifest/part.ts';
import { itemsOf, numberOf, type Tree, textOf, under } from '../manifest/tree.ts';
import { kindOf } from '../recognise.ts';
import { type ConfigMaps, keySettings } from './config-maps.ts';
import { type KubeObject, labelsOf } from './objects.ts';
import { operatedBy } from './operators.ts';

export type Workload = {
  object: KubeObject;
  name: string;
  labels: ReadonlyMap<string, string>;
  kind: NodeKind | undefined;
  image: string | undefined;
  ports: number[];
  instances: number | undefined;
  settings: Setting[];
};

/** Kinds with a template of pods. */
const TEMPLATED = new Set([
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob'],
  ...['DeploymentConfig', 'Rollout', 'CloneSet', 'ScaledJob'],
]);
const isKnative = ({ kind, api }: KubeObject) => kind === 'Service' && api === 'serving.knative.dev';
export const isWorkload = (object: KubeObject): boolean =>
  TEMPLATED.has(object.kind) || object.kind === 'Pod' || isKnative(object);

export function workloadsIn(objects: readonly KubeObject[], configMaps: ConfigMaps): Workload[] {
  const drawn = objects.filter((each) => isWorkload(each) || operatedBy(each));
  const known = new Set(drawn.map(({ kind, namespace, name }) => `${kind} ${namespace} ${name}`));
  const templated = objects.filter(
    (each) => each.kind !== 'Pod' && isWorkload(each) && !isOwned(each, known) && !isPast(each),
  );
  const pods = objects.filter((each) => each.kind === 'Pod' && !isOwned(each, known));
  return [
    ...templated.map((each) => workloadOf(each, deploymentOf(each, each.name), undefined, configMaps)),
    ...ofPods(pods, configMaps),
  ];
}

const ownerOf = ({ tree }: KubeObject) =>
  itemsOf(under(tree, 'metadata', 'ownerReferences')).find((each) => textOf(each, 'controller') !== 'false');

/** By something that is here itself, or by a set of a Deployment's that is. */
function isOwned(object: KubeObject, known: ReadonlySet<string>): boolean {
  const owner = ownerOf(object);
  const [kind, name] = [textOf(owner, 'kind'), textOf(owner, 'name')];
  if (kind === undefined || name === undefined) return false;
  const above = `${object.namespace} ${deploymentOf(object, name)}`;
  return (
    known.has(`${kind} ${object.namespace} ${name}`) ||
    known.has(`Deployment ${above}`) ||
    known.has(`Rollout ${above}`)
  );
}

/** A set that a later one has taken over from. */
const isPast = (object: KubeObject): boolean =>
  object.kind === 'ReplicaSet' &&
  ownerOf(object) !== undefined &&
  numberOf(object.tree, 'spec', 'replicas') === 0;

/** A replica set is called after its deployment and the hash of its template. */
function deploymentOf({ tree }: KubeObject, set: string): string {
  const hash = textOf(tree, 'metadata', 'labels', 'pod-template-hash');
  return hash !== undefined && set.endsWith(`-${hash}`) ? set.slice(0, -hash.length - 1) : set;
}

/** Pods of one owner are its instances. */
function ofPods(pods: readonly KubeObject[], configMaps: ConfigMaps): Workload[] {
  const named = pods.map((pod) => {
    const owner = textOf(ownerOf(pod), 'name');
    return {
      pod,
      name: owner === undefined ? pod.name : deploymentOf(pod, owner),
      isOwned: owner !== undefined,
    };
  });
  return [...Map.groupBy(named, ({ pod, name }) => JSON.stringify([pod.namespace, name])).values()].map(
    (same) => {
      const { pod, name, isOwned: hasOwner } = same[0]!;
      return workloadOf(pod, name, hasOwner ? same.length : undefined, configMaps);
    },
  );
}

const TEMPLATE_IN: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['jobTemplate', 'spec'],
  ScaledJob: ['jobTargetRef'],
};

function podIn({ kind, tree }: KubeObject): { spec: Tree | undefined; labels: Tree | undefined } {
  const template = kind === 'Pod' ? tree : under(tree, 'spec', ...(TEMPLATE_IN[kind] ?? []), 'template');
  return { spec: under(template, 'spec'), labels: under(template, 'metadata', 'labels') };
}

/** Beside what a pod is for. */
const SIDECAR =
  /istio-?proxy|(?:^|[-_/])envoy(?:$|[-:])|linkerd|cloud-?sql|exporter|fluent|vault-agent|filebeat|jaeger-agent|otel/i;

function workloadOf(
  object: KubeObject,
  name: string,
  pods: number | undefined,
  configMaps: ConfigMaps,
): Workload {
  const { spec, labels } = podIn(object);
  const containers = itemsOf(under(spec, 'containers'));
  const isSidecar = (each: Tree) =>
    SIDECAR.test(textOf(each, 'image') ?? '') || SIDECAR.test(textOf(each, 'name') ?? '');
  const main = containers.find((each) => !isSidecar(each)) ?? containers[0];
  const image = textOf(main, 'image');
  const isJob = /^(?:Cron|Scaled)?Job$/.test(object.kind);
  return {
    ...{ object, name, image },
    labels: labelsOf(labels),
    kind: isJob && kindOf({ name }).kind !== 'client' ? 'worker' : undefined,
    ports: itemsOf(under(main, 'ports')).flatMap((port) => numberOf(port, 'containerPort') ?? []),
    instances: pods ?? numberOf(object.tree, 'spec', 'replicas'),
    settings: [
      ...[...containers, ...itemsOf(under(spec, 'initContainers'))].flatMap((each) =>
        settingsOf(each, object, configMaps),
      ),
      ...mountedIn(spec, object, configMaps),
    ],
  };
}

function settingsOf(container: Tree, { namespace }: KubeObject, configMaps: ConfigMaps): Setting[] {
  const environment = new Map<string, Setting>();
  for (const source of itemsOf(under(container, 'envFrom'))) {
    const data = configMaps.find(textOf(source, 'configMapRef', 'name') ?? '', namespace);
    for (const each of keySettings(data ?? new Map(), textOf(source, 'prefix')))
      environment.set(each.key, each);
  }
  for (const each of itemsOf(under(container, 'env'))) {
    const key = textOf(each, 'name') ?? '';
    const from = under(each, 'valueFrom', 'configMapKeyRef');
    const given = from
      ? configMaps.find(textOf(from, 'name') ?? '', namespace)?.get(textOf(from, 'key') ?? '')
      : under(each, 'value');
    if (typeof given?.value !== 'string') continue;
    const value = filledIn(given.value, environment);
    environment.set(key, { key, value, spot: spotOf((from ? (under(each, 'name') ?? each) : given).where) });
  }
  const words = ['command', 'args'].flatMap((key) =>
    itemsOf(under(container, key)).flatMap(({ value, where }) =>
      typeof value === 'string' ? [{ word: filledIn(value, environment), spot: spotOf(where) }] : [],
    ),
  );
  return [...environment.values(), ...commandSettings(words)];
}

/** `$(CART_HOST):7070` */
const filledIn = (text: string, environment: ReadonlyMap<string, Setting>): string =>
  text.replace(/\$\(([\w.-]+)\)/g, (whole, name) => environment.get(name)?.value ?? whole);

function mountedIn(spec: Tree | undefined, { namespace }: KubeObject, configMaps: ConfigMaps): Setting[] {
  return itemsOf(under(spec, 'volumes')).flatMap((volume) => {
    const projected = itemsOf(under(volume, 'projected', 'sources')).map((source) =>
      under(source, 'configMap'),
    );
    return [under(volume, 'configMap'), ...projected].flatMap((mounted) => {
      const data = configMaps.find(textOf(mounted, 'name') ?? '', namespace);
      const wanted = itemsOf(under(mounted, 'items')).flatMap((item) => textOf(item, 'key') ?? []);
      return [...(data ?? [])].flatMap(([key, tree]) =>
        wanted.length === 0 || wanted.includes(key) ? fileSettings(key, tree) : [],
      );
    });
  });
}
