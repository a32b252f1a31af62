/** Kiali's boxes (of an app, a namespace, a cluster) → groups. A board's groups don't nest: the innermost is drawn. */
import type { Board, Id } from '../../graph/index.ts';
import type { Box, KialiGraph } from './parts.ts';

/** A cluster holds namespaces, these hold apps; more than this is a ring. */
const DEEPEST = 4;

export type Grouped = {
  groups: Board['groups'];
  /** Of each part in a box, by the part's id. */
  groupOf: ReadonlyMap<string, Id>;
  /** Groups that are inside of other boxes. */
  nested: number;
};

export function groupsOf({ parts, boxes }: KialiGraph, newId: () => Id): Grouped {
  const used = new Set(parts.flatMap(({ parent }) => (parent !== null && boxes.has(parent) ? [parent] : [])));
  const counts = new Map<string, number>();
  for (const id of used) counts.set(boxes.get(id)!.name, (counts.get(boxes.get(id)!.name) ?? 0) + 1);
  const groups: Board['groups'] = {};
  const ids = new Map<string, Id>();
  let nested = 0;
  for (const box of used) {
    const { name, namespace, parent } = boxes.get(box)!;
    const outer = around(boxes, parent);
    if (outer.length > 0) nested++;
    const id = newId();
    ids.set(box, id);
    const isShared = counts.get(name)! > 1 && namespace !== null && namespace !== name;
    groups[id] = { id, name: isShared ? `${name}.${namespace}` : name };
    if (outer.length > 0) groups[id].description = `In ${outer.join(', in ')}.`;
  }
  const groupOf = new Map(
    parts.flatMap(({ id, parent }) => {
      const group = ids.get(parent ?? '');
      return group === undefined ? [] : [[id, group] as const];
    }),
  );
  return { groups, groupOf, nested };
}

function around(boxes: ReadonlyMap<string, Box>, from: string | null): string[] {
  const names: string[] = [];
  for (let box = boxes.get(from ?? ''); box && names.length < DEEPEST; box = boxes.get(box.parent ?? ''))
    names.push(box.name);
  return names;
}
