/** A LikeC4 model → a drawing: extensions put where they belong, names found, kinds told by words, shapes and icons. */

import type { NodeKind } from '../../graph/index.ts';
import { type Drawing, emptyDrawing } from '../diagram/drawing.ts';
import { kindOfWord } from '../diagram/kinds.ts';
import {
  drawingOf,
  emptyWorkspace,
  frameOf,
  type KindOf,
  note,
  UNKNOWN_ENDS,
  type Workspace,
} from '../diagram/model.ts';
import { kindOf } from '../recognise.ts';
import { find, type Node, nodeOf, plant, type Tree } from './model.ts';
import type { Model } from './parse.ts';

/** Elements of these kinds are boundaries, also with nothing inside. */
const BOUNDARY = 'boundary';

const SHAPES: Readonly<Record<string, NodeKind>> = {
  ...{ storage: 'database', cylinder: 'database', bucket: 'storage', queue: 'queue' },
  ...{ person: 'client', mobile: 'client', browser: 'client' },
};

/** @param isWhole false where files may be missing: what they declare is called by its name */
export function drawModel(model: Model, isWhole: boolean): Drawing {
  const { tree, relations, deployments } = model;
  const workspace = emptyWorkspace();
  extendAll(model, isWhole ? null : workspace);
  const seek = (name: string, scope: Node, at: number) =>
    find(tree, name, scope) ?? (isWhole ? undefined : standIn(tree, name, at, workspace));
  let unknown = 0;
  for (const { source, target, scope, kind, title, description, technology, at } of relations) {
    const around = scope.extends === undefined ? scope : (scope.up ?? tree.root);
    const from = typeof source === 'string' ? seek(source, around, at) : source === scope ? around : source;
    const to = seek(target, around, at);
    if (!from || from === tree.root || !to) unknown++;
    else
      workspace.relations.push({
        ...{ source: from, target: to, at, technology, tags: kind === undefined ? [] : [kind] },
        description: title,
        ...(description !== undefined && { more: description }),
      });
  }
  note(workspace, UNKNOWN_ENDS, unknown);
  note(workspace, 'deployments, left out', deployments);
  for (const node of tree.all) {
    const parent = node.up === tree.root ? null : node.up;
    node.parent = parent?.what === BOUNDARY ? null : parent;
    node.around = parent && frameOf(parent);
  }
  workspace.groups = tree.all.filter(({ what }) => what === BOUNDARY).map(frameOf);
  workspace.elements = tree.all.filter(({ what }) => what !== BOUNDARY);
  if (tree.all.length === 0) return { ...emptyDrawing(), remarks: new Map() };
  return drawingOf(workspace, kindsBy(model));
}

/** What stands in `extend a.b { … }` belongs to `a.b`; an extension may be of what another one adds. */
function extendAll({ tree, extensions }: Model, missing: Workspace | null): void {
  let open = extensions;
  while (open.length > 0) {
    const left = open.filter((extension) => !extend(tree, extension));
    if (left.length === open.length) {
      if (!missing) return;
      const [first] = left;
      standIn(tree, first!.extends!, first!.at, missing);
    }
    open = left;
  }
}

function extend(tree: Tree, extension: Node): boolean {
  const target = find(tree, extension.extends!, tree.root);
  if (!target) return false;
  for (const child of extension.children.values()) {
    child.up = target;
    if (!target.children.has(child.id)) target.children.set(child.id, child);
  }
  // From here on the extension's place is that of what it extends.
  extension.up = target;
  target.technology ??= extension.technology;
  target.url ??= extension.url;
  return true;
}

/** Elements of this name, each in the one before. */
function standIn(tree: Tree, name: string, at: number, workspace: Workspace): Node | undefined {
  let up = tree.root;
  for (const id of name.split('.')) {
    if (/^(?:this|it|[_*]+)$/.test(id)) return undefined;
    let child = find(tree, id, up);
    if (!child || (up !== tree.root && child.up !== up)) {
      child = nodeOf(id, up, at);
      plant(tree, child);
      note(workspace, 'parts that a file declares which is not here, called by their names');
    }
    up = child;
  }
  return up;
}

const kindsBy =
  ({ kinds }: Model): KindOf =>
  (element) => {
    const { what, icon, shape } = element as Node;
    const said = kinds.get(what);
    const seen = iconTechnology(icon ?? said?.icon ?? '');
    const called = wordsOfKind(what);
    const technology =
      element.technology ?? said?.technology ?? seen?.technology ?? called.technology ?? undefined;
    const hint = SHAPES[shape ?? ''] ?? seen?.kind ?? SHAPES[said?.shape ?? ''] ?? called.hint;
    return { kind: called.kind, hint, technology };
  };

/** `redis`, `kafka-topic`, `Container_Queue`: a kind that has no name of ours may be of words that tell one. */
function wordsOfKind(what: string) {
  const kind = kindOfWord(what) ?? kindOfWord(what.replace(GENERAL, '')) ?? null;
  const known = kindOf({ name: what.replace(GENERAL, '') });
  return { kind, hint: known.kind === 'service' ? null : known.kind, technology: known.technology };
}
const GENERAL = /^(?:actor|system|container|component|app|c4)[_-]/i;

/** `tech:postgresql`, `aws:simple-queue-service` */
function iconTechnology(icon: string) {
  const name = /^(?:tech|aws|azure|gcp):([\w-]+)$/.exec(icon)?.[1];
  if (name === undefined) return null;
  const known = kindOf({ technology: name.replaceAll('-', ' ') });
  return known.technology === null ? null : known;
}
