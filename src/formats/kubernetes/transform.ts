/** What a kustomization sets in every manifest that it builds: images, replicas, the namespace. */
import { entriesOf, isList, isMap, itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';

/** With the value under these keys, in maps that are there or are made. */
function withValue(tree: Tree, [key, ...rest]: readonly string[], value: Tree): Tree {
  if (key === undefined) return value;
  const inside = entriesOf(tree).get(key) ?? { where: value.where, value: new Map() };
  return { ...tree, value: new Map([...entriesOf(tree), [key, withValue(inside, rest, value)]]) };
}

/** Kinds that stand in no namespace. */
const CLUSTERED = /^(?:Namespace|Node|PersistentVolume|StorageClass|CustomResourceDefinition|Cluster\w+)$/;

export const withNamespace = (document: Tree, namespace: Tree): Tree =>
  !isMap(document) || CLUSTERED.test(textOf(document, 'kind') ?? '')
    ? document
    : withValue(document, ['metadata', 'namespace'], namespace);

const COUNTED = /^(?:Deployment|StatefulSet|ReplicaSet|ReplicationController)$/;

/** @param replicas items of `{ name, count }` */
export function withReplicas(document: Tree, replicas: readonly Tree[]): Tree {
  if (!COUNTED.test(textOf(document, 'kind') ?? '')) return document;
  const name = textOf(document, 'metadata', 'name');
  const count = replicas
    .filter((each) => textOf(each, 'name') === name)
    .map((each) => under(each, 'count'))
    .at(-1);
  return count ? withValue(document, ['spec', 'replicas'], count) : document;
}

/** @param images items of `{ name, newName, newTag, digest }` */
export function renamed(document: Tree, images: readonly Tree[]): Tree {
  if (images.length === 0) return document;
  if (isList(document)) return { ...document, value: itemsOf(document).map((item) => renamed(item, images)) };
  if (!isMap(document)) return document;
  const entries = [...entriesOf(document)].map(([key, item]): [string, Tree] => [
    key,
    key === 'image' && typeof item.value === 'string'
      ? { ...item, value: imageOf(item.value, images) }
      : renamed(item, images),
  ]);
  return { ...document, value: new Map(entries) };
}

function imageOf(image: string, images: readonly Tree[]): string {
  const [, name = image, tail = ''] = /^(.+?)(:[^/:@]+(?:@.*)?|@.*)?$/s.exec(image) ?? [];
  const change = images.find((each) => textOf(each, 'name') === name);
  if (!change) return image;
  const [tag, digest] = [textOf(change, 'newTag'), textOf(change, 'digest')];
  const end = digest ? `@${digest}` : tag ? `:${tag}` : tail;
  return `${textOf(change, 'newName') ?? name}${end}`;
}
