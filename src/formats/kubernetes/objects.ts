/** Manifests → the objects in them, each once: lists are taken apart, what stands twice is put together. */
import { entriesOf, isList, isMap, itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';
import { isKustomization } from './kustomize.ts';
import { patched } from './patch.ts';

export type KubeObject = {
  kind: string;
  /** `apps`, `networking.istio.io`; empty for the core's. */
  api: string;
  name: string;
  /** Null where the file doesn't say. */
  namespace: string | null;
  tree: Tree;
};

type Remark = (reason: string, tree: Tree) => void;

export function objectsIn(documents: readonly Tree[], remark: Remark): KubeObject[] {
  const found = new Map<string, KubeObject>();
  for (const document of documents)
    for (const tree of unlisted(document)) {
      const object = objectOf(tree, remark);
      if (!object) continue;
      const key = JSON.stringify([object.kind, object.api, object.namespace, object.name]);
      const before = found.get(key);
      found.set(key, before ? { ...before, tree: patched(before.tree, tree) } : object);
    }
  return [...found.values()];
}

/** `kind: List`, and what `kubectl get` answers; OpenShift's templates with the values that they give themselves. */
function unlisted(tree: Tree): readonly Tree[] {
  const kind = textOf(tree, 'kind') ?? '';
  if (kind === 'Template' && isList(under(tree, 'objects'))) {
    const values = new Map(
      itemsOf(under(tree, 'parameters')).flatMap((each) => {
        const [name, value] = [textOf(each, 'name'), textOf(each, 'value')];
        return name === undefined || value === undefined ? [] : [[name, value] as const];
      }),
    );
    return itemsOf(under(tree, 'objects')).flatMap((each) => unlisted(filledIn(each, values)));
  }
  return kind.endsWith('List') && isList(under(tree, 'items'))
    ? itemsOf(under(tree, 'items')).flatMap(unlisted)
    : [tree];
}

/** `${NAME}`, and `${{NAME}}` for what is no text; what has no value stays as it is. */
function filledIn(tree: Tree, values: ReadonlyMap<string, string>): Tree {
  const { value } = tree;
  if (typeof value === 'string') {
    const text = value.replace(
      /\$\{\{(\w+)\}\}|\$\{(\w+)\}/g,
      (whole, plain, named) => values.get(plain ?? named) ?? whole,
    );
    return text === value ? tree : { ...tree, value: text };
  }
  if (isList(tree)) return { ...tree, value: itemsOf(tree).map((item) => filledIn(item, values)) };
  if (!isMap(tree)) return tree;
  return {
    ...tree,
    value: new Map([...entriesOf(tree)].map(([key, item]) => [key, filledIn(item, values)])),
  };
}

function objectOf(tree: Tree, remark: Remark): KubeObject | null {
  const [kind, version] = [textOf(tree, 'kind'), textOf(tree, 'apiVersion')];
  if (isList(tree)) return tell(remark, 'is a list of patches, which are not applied', tree);
  if (!isMap(tree) || kind === undefined || version === undefined || kind === '')
    return tell(remark, 'is no object of Kubernetes: it has no kind or no apiVersion', tree);
  if (textOf(tree, '$patch') === 'delete')
    return tell(remark, `takes ${kind} ${textOf(tree, 'metadata', 'name')} away, which is not applied`, tree);
  const name =
    textOf(tree, 'metadata', 'name') ?? textOf(tree, 'metadata', 'generateName')?.replace(/-$/, '');
  if (isKustomize(kind, version, tree.where.file))
    return { kind, api: 'kustomize', name: tree.where.file, namespace: null, tree };
  if (name === undefined || name === '') return tell(remark, `is a ${kind} without a name`, tree);
  const api = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
  return { kind, api, name, namespace: textOf(tree, 'metadata', 'namespace') || null, tree };
}

/** Flux and Dapr have kinds of the same names; in a file of that name kustomize takes any version. */
const isKustomize = (kind: string, version: string, file: string): boolean =>
  /^(?:Kustomization|Component)$/.test(kind) &&
  (version.startsWith('kustomize.config.k8s.io/') || isKustomization(file));

function tell(remark: Remark, reason: string, tree: Tree): null {
  remark(reason, tree);
  return null;
}

export const keyOf = ({ kind, namespace, name }: Pick<KubeObject, 'kind' | 'namespace' | 'name'>): string =>
  JSON.stringify([kind, namespace, name]);

/** Labels as a selector would find them. */
export const labelsOf = (tree: Tree | undefined): ReadonlyMap<string, string> =>
  new Map(
    [...entriesOf(tree)].flatMap(([key, { value }]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    ),
  );

/** True where all that is asked for is there; nothing asked for selects nobody. */
export const selects = (
  selector: ReadonlyMap<string, string>,
  labels: ReadonlyMap<string, string>,
): boolean => selector.size > 0 && [...selector].every(([key, value]) => labels.get(key) === value);
