/** Kubernetes manifests: workloads, the services before them, who routes to these, and whom their settings name. */
import { createGraph, titleOf } from '../build.ts';
import {
  type FileFault,
  type Format,
  isObject,
  type Opened,
  type OpenedFile,
  type Read,
  type ReadContext,
  refuse,
} from '../format.ts';
import { Beside, folderOf } from '../manifest/beside.ts';
import { drawParts } from '../manifest/draw.ts';
import { type Part, spotOf } from '../manifest/part.ts';
import { entriesOf, type Tree, textOf, treeOf } from '../manifest/tree.ts';
import { firstOf } from '../manifest/words.ts';
import { parseYaml } from '../manifest/yaml.ts';
import { configMapsIn } from './config-maps.ts';
import { isKustomization, kustomized } from './kustomize.ts';
import { entriesFrom, policiesIn } from './mesh.ts';
import { type KubeObject, objectsIn } from './objects.ts';
import { isOperated, runsIn } from './operators.ts';
import { isRouting, routesIn } from './routes.ts';
import { isScaling, scaledIn } from './scaled.ts';
import { clusterOf } from './services.ts';
import { isWorkload, workloadsIn } from './workloads.ts';

/** At the top; or, in documents that are JSON, by its quotes or after the brace that opens one. */
const VERSIONED = /^(?:- )?apiVersion\s*:|^[\s{]*"apiVersion"\s*:|^\{\s*apiVersion\s*:/m;

function isKubernetes(opened: Opened, file: string): boolean {
  if (isKustomization(file) && opened.type === 'text') return true;
  if (opened.type === 'json')
    return opened.values.some(
      (value) => isObject(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string',
    );
  return (
    opened.type === 'text' &&
    VERSIONED.test(opened.text) &&
    /(?:^|[{,\s])["']?kind["']?\s*:/m.test(opened.text)
  );
}

function readKubernetes(
  own: readonly OpenedFile[],
  others: readonly OpenedFile[],
  context: ReadContext,
): Read {
  const [first] = own;
  const graph = createGraph({ newId: context.newId, file: first!.file });
  const faults: FileFault[] = [];
  const documents: Tree[] = [];
  for (const { file, opened } of own) {
    if (opened.type === 'json') documents.push(...opened.values.map((value) => treeOf(value, file)));
    if (opened.type !== 'text') continue;
    const parsed = parseYaml(opened.text, file);
    for (const document of parsed.documents)
      if (!isTemplate(document)) documents.push(document);
      else
        faults.push({
          file,
          path: startOf(document),
          reason: 'is a template, to be rendered first (helm template)',
        });
    // of what was to be JSON, YAML has less to say
    const isJson = parsed.documents.length === 0 && /^\s*[[{]\s*["{]/.test(opened.text);
    const broken = isJson && opened.notJson ? [opened.notJson] : parsed.faults;
    faults.push(...broken.map((fault) => ({ file, ...fault })));
    for (const { path, reason } of parsed.remarks) graph.remark(reason, `${file} ${path}`);
  }
  const remark = (reason: string, tree: Tree) => {
    const { file, at } = spotOf(tree.where);
    graph.remark(reason, `${file} ${at}`.trim());
  };
  const beside = new Beside(others);
  const files = [...own, ...others].map(({ file }) => file);
  const built = kustomized(documents, files, beside, remark);
  const objects = objectsIn(built.documents, remark);
  tellUnapplied(objects, remark);
  tellUndrawn(objects, remark);
  const workloads = workloadsIn(objects, configMapsIn(objects, beside));
  const { runs, links } = runsIn(objects);
  const cluster = clusterOf(objects, workloads, runs, entriesFrom(objects));
  const routes = routesIn(objects, workloads, cluster);
  const settled = withPolicies([...cluster.parts, ...routes.parts], objects, cluster.resolve);
  if (settled.length === 0 && faults.length === 0)
    return refuse(first!.file, '', emptyWords(objects, built.missing));
  drawParts(graph, settled, [...links, ...cluster.links, ...routes.links]);
  const read = graph.read(
    KUBERNETES.id,
    titleOf(own.length > 1 ? folderOf(first!.file).replace(/\/$/, '') : first!.file, 'Kubernetes'),
  );
  if (!read.ok) return faults.length > 0 ? { ok: false, faults } : read;
  const [example] = faults;
  return {
    ...read,
    ...(example && {
      partial: faults,
      lost: { count: faults.length, of: documents.length + faults.length, what: 'documents', example },
    }),
    ...(beside.used.size > 0 && { beside: [...beside.used] }),
  };
}

/** Without a name of its own nothing can be told of it. */
const isTemplate = (document: Tree): boolean =>
  /\{\{/.test(textOf(document, 'metadata', 'name') ?? textOf(document, 'kind') ?? '');
const startOf = ({ where }: Tree): string => ('line' in where ? `${where.line}:1` : '');

function emptyWords(objects: readonly KubeObject[], [missing]: readonly string[]): string {
  if (missing !== undefined) return `is built of what is not among the files given: ${missing}`;
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  const held = kinds.length > 0 ? kinds.slice(0, 5).join(', ') : 'nothing that is an object of it';
  return `is of Kubernetes, but holds no workload, service or route that could be drawn: ${held}`;
}

/** What a folder of kustomize would change besides. */
const UNAPPLIED = ['namePrefix', 'nameSuffix', 'helmCharts', 'replacements', 'vars'];

function tellUnapplied(objects: readonly KubeObject[], remark: (reason: string, tree: Tree) => void): void {
  for (const { api, tree } of objects) {
    const left = api === 'kustomize' ? UNAPPLIED.filter((key) => entriesOf(tree).has(key)) : [];
    if (left.length > 0)
      remark(`says what is not applied here (run kustomize build for it): ${left.join(', ')}`, tree);
  }
}

/** Of Kubernetes itself: what is not drawn of these says nothing of who calls whom. */
const ITS_OWN =
  /^(?:|apps|batch|extensions|autoscaling|policy|kustomize|(?:.*\.)?k8s\.io|.*\.openshift\.io)$/;

function tellUndrawn(objects: readonly KubeObject[], remark: (reason: string, tree: Tree) => void): void {
  const left = objects.filter(
    (each) =>
      !ITS_OWN.test(each.api) &&
      !isWorkload(each) &&
      !isOperated(each) &&
      !isRouting(each) &&
      !isScaling(each),
  );
  const [first] = left;
  const kinds = [...new Set(left.map(({ kind }) => kind))];
  if (first) remark(`of kinds that are not drawn: ${firstOf(kinds, 10)}`, first.tree);
}

/** What the mesh does before a part, and what scales it, is set on the part. */
function withPolicies(
  parts: readonly Part[],
  objects: readonly KubeObject[],
  resolve: (host: string, namespace: string | null) => readonly string[],
): Part[] {
  const settings = new Map<string, Part['settings']>();
  for (const policy of [...policiesIn(objects), ...scaledIn(objects)])
    for (const key of resolve(policy.host.toLowerCase(), policy.namespace))
      settings.set(key, [...(settings.get(key) ?? []), ...policy.settings]);
  return parts.map((part) => ({ ...part, settings: [...part.settings, ...(settings.get(part.key) ?? [])] }));
}

export const KUBERNETES: Format = {
  id: 'kubernetes',
  name: 'Kubernetes manifests',
  suffixes: ['.yaml', '.yml', '.json'],
  reads:
    'Workloads with their images, replicas and settings, services, ingresses, routes and gateways (Gateway API, OpenShift, Istio, Traefik, Contour, nginx, Emissary, APISIX), databases and brokers of operators with their topics, of manifests, OpenShift templates, folders of them (also of kustomize, with its patches, images and replicas), or kubectl get -o json; edges from routes, and from the hosts that environment, commands and ConfigMaps name. Values of Secrets are never read.',
  recognises: isKubernetes,
  read: (opened, file, context) => readKubernetes([{ file, opened }], [], context),
  readMany: readKubernetes,
};
