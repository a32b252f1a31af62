/**
 * Folders of kustomize: what a kustomization builds of the files that it names, as far as it is drawn: patches, images,
 * replicas and the namespace.
 *
 *   documents ─► the kustomization that no other names ─► those that it names, built first ─► patched ─► documents
 *
 * Of overlays that build on the same files only one could hold: none is applied, and that is said.
 */
import { type Beside, folderOf, pathFrom } from '../manifest/beside.ts';
import { entriesOf, isList, isMap, itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';
import { parseYaml } from '../manifest/yaml.ts';
import { operated, patched } from './patch.ts';
import { renamed, withNamespace, withReplicas } from './transform.ts';

type Remark = (reason: string, tree: Tree) => void;
type Kustomization = { folder: string; tree: Tree; isComponent: boolean };
type Work = {
  byFile: ReadonlyMap<string, Tree[]>;
  byFolder: ReadonlyMap<string, Kustomization>;
  beside: Beside;
  remark: Remark;
  /** Files that only say what is to be changed in others. */
  patches: Set<string>;
};

export const isKustomization = (file: string): boolean => /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(file);

export type Kustomized = {
  /** As they would be applied, kustomizations among them. */
  documents: Tree[];
  /** Files and folders that they are built of and that are not here. */
  missing: string[];
};

/** @param files all that are given, of whatever kind */
export function kustomized(
  documents: readonly Tree[],
  files: readonly string[],
  beside: Beside,
  remark: Remark,
): Kustomized {
  const whole = documents.map(named);
  const kustomizations = whole.filter(isOwn).map(
    (tree): Kustomization => ({
      folder: folderIn(fileOf(tree)),
      tree,
      isComponent: textOf(tree, 'kind') === 'Component',
    }),
  );
  if (kustomizations.length === 0) return { documents: whole, missing: [] };
  const rest = whole.filter((tree) => !isOwn(tree));
  const work: Work = {
    byFile: Map.groupBy(rest, fileOf),
    byFolder: new Map(kustomizations.map((each) => [each.folder, each])),
    ...{ beside, remark },
    patches: new Set(kustomizations.flatMap((each) => patchesOf(each).flatMap(({ file }) => file ?? []))),
  };
  const roots = rootsOf(kustomizations, work);
  const reached = new Set(roots.flatMap((root) => [...reach(root, work)]));
  const built = roots.flatMap((root) => build(root, work));
  const left = rest.filter((tree) => !reached.has(fileOf(tree)) && !work.patches.has(fileOf(tree)));
  const inOrder = roots
    .flatMap((root) => [...reach(root, work)])
    .flatMap((at) => work.byFolder.get(at)?.tree ?? []);
  const unbuilt = kustomizations.filter(({ folder }) => !reached.has(folder));
  const given = new Set(files.map((file) => pathFrom('', file)));
  const missing = kustomizations.flatMap((each) => missingIn(each, given, work));
  return {
    missing: [...new Set(missing)],
    documents: [...built, ...left, ...new Set([...inOrder.reverse(), ...unbuilt.map(({ tree }) => tree)])],
  };
}

const fileOf = ({ where }: Tree): string => pathFrom('', where.file);
const folderIn = (file: string): string => folderOf(file).replace(/\/$/, '');

/** By its kind, or by the name of its file, which is enough for kustomize. */
function named(tree: Tree): Tree {
  const entries = entriesOf(tree);
  if (!isKustomization(tree.where.file) || !isMap(tree)) return tree;
  if (entries.has('kind') && entries.has('apiVersion')) return tree;
  const text = (value: string): Tree => ({ where: tree.where, value });
  const kind = [
    ['kind', text('Kustomization')],
    ['apiVersion', text('kustomize.config.k8s.io/v1beta1')],
  ] as const;
  return { ...tree, value: new Map([...kind, ...entries]) };
}
/** Flux has a kind of the same name, and a file of its own for it. */
const isOwn = (tree: Tree): boolean =>
  isKustomization(tree.where.file) && /^(?:Kustomization|Component)$/.test(textOf(tree, 'kind') ?? '');

/** The files and folders that it is built of. */
const namesIn = ({ tree, folder }: Kustomization): string[] =>
  ['resources', 'bases', 'components', 'crds'].flatMap((key) =>
    itemsOf(under(tree, key)).flatMap(({ value }) => {
      if (typeof value !== 'string') return [];
      return value.includes('://') ? value : pathFrom(folder && `${folder}/`, value).replace(/\/$/, '');
    }),
  );

function missingIn(each: Kustomization, given: ReadonlySet<string>, { byFolder, remark }: Work): string[] {
  const missing = namesIn(each).filter((name) => !given.has(name) && !byFolder.has(name));
  if (missing.length > 0)
    remark(`is built of what is not among the files given: ${missing.slice(0, 5).join(', ')}`, each.tree);
  return missing;
}

/** Files and folders that it comes to, itself first. */
function reach(root: Kustomization, { byFolder }: Work): Set<string> {
  const found = new Set<string>();
  const visit = (each: Kustomization) => {
    if (found.has(each.folder)) return;
    found.add(each.folder);
    for (const name of namesIn(each)) {
      const inside = byFolder.get(name);
      if (inside) visit(inside);
      else found.add(name);
    }
  };
  visit(root);
  return found;
}

/** Those that no other names; overlays of the same files give way to what they build on. */
function rootsOf(all: readonly Kustomization[], work: Work): Kustomization[] {
  let roots = all.filter((each) => !each.isComponent);
  const contested: Kustomization[] = [];
  for (let round = 0; round <= all.length; round++) {
    const named = new Set(roots.flatMap((each) => namesIn(each)));
    const top = roots.filter(({ folder }) => !named.has(folder));
    const reaches = top.map((each) => reach(each, work));
    const shares = (i: number) =>
      reaches.some((other, j) => j !== i && [...reaches[i]!].some((name) => other.has(name)));
    const rivals = top.filter((_, i) => shares(i));
    if (rivals.length === 0) {
      const [one] = contested;
      const names = contested.map(({ folder }) => folder || '.').join(', ');
      if (one)
        work.remark(
          `overlays that build on the same files, none of them applied (give one alone): ${names}`,
          one.tree,
        );
      return top;
    }
    contested.push(...rivals);
    roots = roots.filter((each) => !rivals.includes(each));
  }
  return [];
}

function build(root: Kustomization, work: Work): Tree[] {
  const done = new Set<Kustomization>();
  const visit = (each: Kustomization, before: readonly Tree[]): Tree[] => {
    if (done.has(each)) return [];
    done.add(each);
    let documents = [...before];
    for (const name of namesIn(each)) {
      const inside = work.byFolder.get(name);
      // A component changes what is gathered so far; anything else is added to it.
      if (inside?.isComponent) documents = visit(inside, documents);
      else documents.push(...(inside ? visit(inside, []) : (work.byFile.get(name) ?? [])));
    }
    return transformed(documents, each, work);
  };
  return visit(root, []);
}

function transformed(documents: readonly Tree[], each: Kustomization, work: Work): Tree[] {
  const { tree } = each;
  let result = [...documents];
  for (const patch of patchesOf(each)) result = applied(result, patch, work);
  const namespace = under(tree, 'namespace');
  return result
    .map((document) => (namespace?.value ? withNamespace(document, namespace) : document))
    .map((document) => withReplicas(document, itemsOf(under(tree, 'replicas'))))
    .map((document) => renamed(document, itemsOf(under(tree, 'images'))));
}

type Patch = { at: Tree; file?: string; text?: string; target: Tree | undefined };

/** Of all the ways in which patches are given. */
function patchesOf({ tree, folder }: Kustomization): Patch[] {
  const from = (at: Tree, path: string | undefined, text: string | undefined): Patch => ({
    ...{ at, target: under(at, 'target') },
    ...(path !== undefined && { file: pathFrom(folder && `${folder}/`, path) }),
    ...(text !== undefined && { text }),
  });
  const targeted = ['patches', 'patchesJson6902'].flatMap((key) => itemsOf(under(tree, key)));
  return [
    ...itemsOf(under(tree, 'patchesStrategicMerge')).map((at) => {
      const given = typeof at.value === 'string' ? at.value : '';
      return given.includes('\n') ? from(at, undefined, given) : from(at, given, undefined);
    }),
    ...targeted.map((at) => {
      const text = under(at, 'patch');
      return from(
        text ? { ...at, where: text.where } : at,
        textOf(at, 'path'),
        typeof text?.value === 'string' ? text.value : undefined,
      );
    }),
  ];
}

function applied(documents: Tree[], patch: Patch, { byFile, beside, remark }: Work): Tree[] {
  const { at, file, text, target } = patch;
  const given =
    file === undefined ? inline(text ?? '', at) : (byFile.get(file) ?? inline(beside.text(file) ?? '', at));
  if (given.length === 0) remark(`has a patch that is not among the files given: ${file ?? ''}`, at);
  let result = documents;
  for (const one of given) {
    const isMeant = (document: Tree) => (target ? isTarget(document, target) : isSame(document, one));
    if (!result.some(isMeant)) remark('has a patch for what is not among the files given', one);
    result = result.flatMap((document) => {
      if (!isMeant(document)) return [document];
      if (!isList(one))
        return textOf(one, '$patch') === 'delete' ? [] : [patched(document, ofTarget(one, document), true)];
      let now = document;
      for (const operation of itemsOf(one)) {
        const next = operated(now, operation);
        if (!next) remark('has an operation that fits nothing, left out', operation);
        now = next ?? now;
      }
      return [now];
    });
  }
  return result;
}

/** In the lines of the file that it stands in. */
function inline(text: string, { where }: Tree): Tree[] {
  const before = 'line' in where ? where.line : 0;
  return parseYaml(`${'\n'.repeat(before)}${text}`, where.file).documents;
}

/** A patch with a target may call it by another name. */
function ofTarget(patch: Tree, document: Tree): Tree {
  const entries = new Map(entriesOf(patch));
  for (const key of ['kind', 'apiVersion', 'metadata']) {
    const own = under(document, key);
    const said = entries.get(key);
    const name = under(document, 'metadata', 'name');
    if (key !== 'metadata' && own) entries.set(key, own);
    else if (said && name && isMap(said))
      entries.set(key, { ...said, value: new Map([...entriesOf(said), ['name', name]]) });
  }
  return { ...patch, value: entries };
}

const isSame = (document: Tree, patch: Tree): boolean =>
  textOf(document, 'kind') === textOf(patch, 'kind') &&
  textOf(document, 'metadata', 'name') === textOf(patch, 'metadata', 'name');

/** Kind and name as they are written, with `.*` for anything; one label or more that must be as said. */
function isTarget(document: Tree, target: Tree): boolean {
  const fits = (asked: string | undefined, is: string | undefined) =>
    asked === undefined || asked === '' || (is !== undefined && isLike(is, asked.replace(/^\^|\$$/g, '')));
  const labels = under(document, 'metadata', 'labels');
  const selected = (textOf(target, 'labelSelector') ?? '').split(',').filter(Boolean);
  return (
    fits(textOf(target, 'kind'), textOf(document, 'kind')) &&
    fits(textOf(target, 'name'), textOf(document, 'metadata', 'name')) &&
    fits(
      textOf(target, 'namespace'),
      textOf(document, 'metadata', 'namespace') ?? textOf(target, 'namespace'),
    ) &&
    selected.every((each) => {
      const [key = '', value] = each.split(/={1,2}/).map((word) => word.trim());
      return value !== undefined && textOf(labels, key) === value;
    })
  );
}

function isLike(text: string, pattern: string): boolean {
  const pieces = pattern.split('.*');
  if (pieces.length === 1) return text === pattern;
  let at = 0;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.startsWith(pieces[0]!) && text.endsWith(pieces.at(-1)!);
}
