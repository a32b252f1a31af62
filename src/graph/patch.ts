/**
 * A change to a board as invertible data, and the only way a board changes.
 *
 *   command ─► Patch ─► applyPatch ─► board' + the patch that really happened ─► history · disk · peers
 */
import type { Id } from './fields.ts';
import { type Board, COLLECTIONS, type Collection, type RecordOf } from './schema.ts';

type Change<R> = {
  added?: Record<Id, R>;
  /** [from, to]; only the fields that differ between the two are written. */
  updated?: Record<Id, [from: R, to: R]>;
  removed?: Record<Id, R>;
};
export type Patch = { [C in Collection]?: Change<RecordOf<C>> } & { title?: [from: string, to: string] };

export type AnyRecord = { id: Id } & Record<string, unknown>;
export type AnyChange = Change<AnyRecord>;

/** Deep equality of plain JSON values. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && sameValue((a as AnyRecord)[key], (b as AnyRecord)[key]),
  );
}

const isEmptyMap = (map: object | undefined) => {
  for (const _ in map) return false;
  return true;
};

export function isEmptyPatch(patch: Patch): boolean {
  if (patch.title) return false;
  return COLLECTIONS.every((collection) => {
    const change = patch[collection];
    return !change || (isEmptyMap(change.added) && isEmptyMap(change.updated) && isEmptyMap(change.removed));
  });
}

/** The patch that leads from one board to the other (same id). Records are compared by identity first. */
export function diffBoards(from: Board, to: Board): Patch {
  const patch: Patch = {};
  if (from.title !== to.title) patch.title = [from.title, to.title];
  for (const collection of COLLECTIONS) {
    const before = from[collection] as Record<Id, AnyRecord>;
    const after = to[collection] as Record<Id, AnyRecord>;
    if (before === after) continue;
    const change: AnyChange = {};
    for (const id in after) {
      const record = after[id]!;
      const old = before[id];
      if (!old) (change.added ??= {})[id] = record;
      else if (old !== record && !sameValue(old, record)) (change.updated ??= {})[id] = [old, record];
    }
    for (const id in before) if (!after[id]) (change.removed ??= {})[id] = before[id]!;
    if (!isEmptyMap(change)) (patch as Record<string, AnyChange>)[collection] = change;
  }
  return patch;
}

/** The patch that takes a patch back. */
export function invertPatch(patch: Patch): Patch {
  const inverse: Patch = {};
  if (patch.title) inverse.title = [patch.title[1], patch.title[0]];
  for (const collection of COLLECTIONS) {
    const change = patch[collection] as AnyChange | undefined;
    if (!change) continue;
    const back: AnyChange = {};
    if (change.removed) back.added = change.removed;
    if (change.added) back.removed = change.added;
    if (change.updated) {
      back.updated = {};
      for (const id in change.updated) {
        const [from, to] = change.updated[id]!;
        back.updated[id] = [to, from];
      }
    }
    (inverse as Record<string, AnyChange>)[collection] = back;
  }
  return inverse;
}

/** Several patches in a row as one, as small as it can be said. */
export function squashPatches(patches: readonly Patch[]): Patch {
  const result: Patch = {};
  for (const patch of patches) {
    if (patch.title) {
      const from = result.title ? result.title[0] : patch.title[0];
      result.title = [from, patch.title[1]];
    }
    for (const collection of COLLECTIONS) {
      const change = patch[collection] as AnyChange | undefined;
      if (!change) continue;
      const into = ((result as Record<string, AnyChange>)[collection] ??= {});
      for (const id in change.removed) squashRemoved(into, id, change.removed[id]!);
      for (const id in change.added) squashAdded(into, id, change.added[id]!);
      for (const id in change.updated) squashUpdated(into, id, change.updated[id]!);
    }
  }
  if (result.title && result.title[0] === result.title[1]) delete result.title;
  for (const collection of COLLECTIONS) {
    const change = result[collection] as AnyChange | undefined;
    if (change && isEmptyMap(change.added) && isEmptyMap(change.updated) && isEmptyMap(change.removed))
      delete result[collection];
  }
  return result;
}

function squashAdded(into: AnyChange, id: Id, record: AnyRecord): void {
  const removed = into.removed?.[id];
  if (!removed) {
    (into.added ??= {})[id] = record;
    return;
  }
  delete into.removed![id];
  if (!sameValue(removed, record)) (into.updated ??= {})[id] = [removed, record];
}

function squashUpdated(into: AnyChange, id: Id, [from, to]: [AnyRecord, AnyRecord]): void {
  const added = into.added?.[id];
  if (added) {
    into.added![id] = withFields(added, from, to);
    return;
  }
  const first = into.updated?.[id]?.[0] ?? from;
  const last = into.updated?.[id] ? withFields(into.updated[id][1], from, to) : to;
  if (!sameValue(first, last)) (into.updated ??= {})[id] = [first, last];
  else if (into.updated) delete into.updated[id];
}

function squashRemoved(into: AnyChange, id: Id, record: AnyRecord): void {
  if (into.added?.[id]) {
    delete into.added[id];
    return;
  }
  const updated = into.updated?.[id];
  // Only our own fields are taken back: what somebody else wrote in between stays in the record.
  const first = updated ? withFields(record, updated[1], updated[0]) : record;
  if (into.updated) delete into.updated[id];
  (into.removed ??= {})[id] = first;
}

/** `current` with the fields that differ between `from` and `to` set as in `to`. */
export function withFields(
  current: AnyRecord,
  from: AnyRecord,
  to: AnyRecord,
  ifUnchanged = false,
): AnyRecord {
  let result = current;
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (key === 'id' || sameValue(from[key], to[key])) continue;
    if (ifUnchanged && !sameValue(current[key], from[key])) continue;
    if (sameValue(current[key], to[key])) continue;
    if (result === current) result = { ...current };
    if (Object.hasOwn(to, key)) result[key] = to[key];
    else delete result[key];
  }
  return result;
}
