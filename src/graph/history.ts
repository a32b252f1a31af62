/**
 * Undo and redo of the user's own changes, one entry a gesture.
 *
 *   record(patch) ─► undo stack        undo ─► inverse patch, applied only where nobody wrote since
 *
 * Pure data: the caller applies the patch that undo or redo names.
 */
import { invertPatch, isEmptyPatch, type Patch, squashPatches } from './patch.ts';

type Entry = { label: string; patch: Patch };
export type History = {
  readonly undo: readonly Entry[];
  readonly redo: readonly Entry[];
  /** Patches of a gesture that has begun and not ended. */
  readonly open: { label: string; patches: readonly Patch[] } | null;
};

/** Entries kept; the oldest fall off. */
const DEPTH = 500;

export const emptyHistory: History = { undo: [], redo: [], open: null };

/** Everything recorded until endGesture becomes one entry. */
export const beginGesture = (history: History, label: string): History =>
  history.open ? history : { ...history, open: { label, patches: [] } };

export function endGesture(history: History): History {
  if (!history.open) return history;
  const { label, patches } = history.open;
  return push({ ...history, open: null }, label, squashPatches(patches));
}

export function recordPatch(history: History, label: string, patch: Patch): History {
  if (isEmptyPatch(patch)) return history;
  if (history.open)
    return { ...history, open: { ...history.open, patches: [...history.open.patches, patch] } };
  return push(history, label, patch);
}

function push(history: History, label: string, patch: Patch): History {
  if (isEmptyPatch(patch)) return history;
  return { undo: [...history.undo, { label, patch }].slice(-DEPTH), redo: [], open: null };
}

/** The patch that takes the last entry back, and the history after it; null when there is nothing. */
export function undoStep(history: History): { history: History; patch: Patch; label: string } | null {
  const closed = endGesture(history);
  const entry = closed.undo.at(-1);
  if (!entry) return null;
  return {
    history: { undo: closed.undo.slice(0, -1), redo: [...closed.redo, entry], open: null },
    patch: invertPatch(entry.patch),
    label: entry.label,
  };
}

/** The patch that brings back the last entry undone; null when there is nothing. */
export function redoStep(history: History): { history: History; patch: Patch; label: string } | null {
  const closed = endGesture(history);
  const entry = closed.redo.at(-1);
  if (!entry) return null;
  return {
    history: { undo: [...closed.undo, entry], redo: closed.redo.slice(0, -1), open: null },
    patch: entry.patch,
    label: entry.label,
  };
}
