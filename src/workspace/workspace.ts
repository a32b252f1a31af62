/**
 * The one mutable place: the open board, the session, the latest readings.
 *
 *   gesture ─► run(label, patch) ─► board ─► history · listeners (disk, peers) · canvas · panels
 *
 * Invariant: the board changes through `run`, `receive`, `undo` and `redo` only, each by one Patch.
 */
import { create } from 'zustand';
import {
  applyPatch,
  type Board,
  beginGesture,
  type EpochMs,
  emptyHistory,
  endGesture,
  type History,
  type Id,
  isEmptyPatch,
  type Patch,
  type Reading,
  recordPatch,
  redoStep,
  undoStep,
} from '../graph/index.ts';
import { widthsOf } from './bundle.ts';
import type { Routes, Services, SourceHealth, View } from './faces.ts';
import { createLabels } from './labels.ts';
import { PRESENT } from './moment.ts';
import { createPast } from './past.ts';
import { emptySelection, initialSession, type Selection, type Session } from './session.ts';
import { createShown, edgesTelling, litShown, selectionMeant } from './shown.ts';
import { createShownReadings } from './shown-readings.ts';
import { createLight, type Lit, stillThere } from './spotlight.ts';
import { isStaleHere } from './stale.ts';
import type { WorkspaceState } from './state.ts';
import { nodeReadings } from './throughput.ts';

export type PatchOrigin = 'user' | 'remote';

export type WorkspaceInput = {
  board: Board;
  newId(): Id;
  now(): EpochMs;
  routes: Routes;
  services: Services;
};

export type Workspace = ReturnType<typeof createWorkspace>;

export function createWorkspace({ board, newId, now, routes, services }: WorkspaceInput) {
  const use = create<WorkspaceState>(() => ({
    board,
    readOnly: null,
    history: emptyHistory,
    session: initialSession,
    health: {},
    past: PRESENT,
    save: { state: 'saved', since: null },
  }));
  const readings = createShownReadings();
  const listeners = new Set<(patch: Patch, origin: PatchOrigin) => void>();
  const { getState: get, setState: set } = use;
  const { projection, shown } = createShown(get);
  const past = createPast({ get, set, readings });
  /** What is shown of the past is as old as it says: never live, never stale. */
  const isStale = (reading: Reading): boolean =>
    get().session.moment === null && isStaleHere(reading, now(), get().board.sources, get().health);
  const labels = createLabels({
    readings,
    get,
    now,
    isStale,
    baseline: past.baseline,
    partsOf: (edge) => projection().edges.get(edge),
  });
  const light = createLight(get, labels.severity);
  const updateRoutes = () =>
    routes.update(projection().board, widthsOf(projection(), readings, get().session.instance));
  updateRoutes();
  // before anybody else hears of it: whoever draws finds the routes of what is drawn
  use.subscribe((state, before) => {
    const { instance, spotlight } = state.session;
    const isOther = instance !== before.session.instance;
    if (isOther) readings.speakOf(instance);
    if (isOther || state.board !== before.board || spotlight !== before.session.spotlight) updateRoutes();
  });

  function commit(patch: Patch, origin: PatchOrigin, ifUnchanged = false): Patch {
    const result = applyPatch(get().board, patch, { ifUnchanged });
    if (isEmptyPatch(result.patch)) return result.patch;
    set(({ session }) => ({ board: result.board, session: withoutGone(session, result.board) }));
    for (const listener of listeners) listener(result.patch, origin);
    return result.patch;
  }

  const workspace = {
    /** Hook and store in one: `use(selector)` in components, `use.getState()` elsewhere. */
    use,
    readings,
    labels,
    routes,
    services,
    newId,
    now,
    /** Which time is shown, and what it is compared with. */
    past,
    /** The canvas, while it is mounted: actions such as "fit" need it. */
    view: null as View | null,

    /** A change that the user makes. `label` names it in undo: "move", "connect". Returns what happened. */
    run(label: string, change: Patch | ((board: Board) => Patch)): Patch {
      const { readOnly, board: current } = get();
      if (readOnly !== null) {
        workspace.notify(`Not changed: ${readOnly}`, 'error');
        return {};
      }
      const happened = commit(typeof change === 'function' ? change(current) : change, 'user');
      set(({ history }) => ({ history: recordPatch(history, label, happened) }));
      return happened;
    },
    /** A change that somebody else made: never in the user's own undo. */
    receive: (patch: Patch): Patch => commit(patch, 'remote'),
    /** Until `end`, everything run is one undo step. */
    begin: (label: string): void => set(({ history }) => ({ history: beginGesture(history, label) })),
    end: (): void => set(({ history }) => ({ history: endGesture(history) })),
    undo: (): void => step(undoStep(get().history)),
    redo: (): void => step(redoStep(get().history)),

    /** Shows another board in place of this one: nothing of the old one's session stays. */
    open(next: Board, readOnly: string | null = null): void {
      readings.clear();
      set(({ session }) => ({
        board: next,
        readOnly,
        history: emptyHistory,
        health: {},
        session: {
          ...session,
          selection: emptySelection,
          editing: null,
          ringed: null,
          spotlight: null,
          instance: null,
          moment: null,
          compare: null,
          presenting: false,
          matching: false,
          drawing: null,
          tool: { type: 'select' },
        },
      }));
      past.refresh();
    },

    /** Changes what is looked at; the time is changed through `past`. */
    session: (change: Partial<Omit<Session, 'moment' | 'compare'>>): void =>
      set(({ session }) => ({ session: { ...session, ...change } })),
    /** Chooses of what is drawn: a card that stands for a group chooses the group. */
    select: (selection: Selection): void =>
      workspace.session({ selection: selectionMeant(selection, projection()) }),
    /** The state as it is drawn, collapsed groups as cards; the state itself where none is. */
    shown,
    /** What stands for what in the drawing. */
    projection,
    notify(text: string, tone: 'info' | 'error' = 'info', details?: readonly string[]): void {
      const key = (get().session.notice?.key ?? 0) + 1;
      workspace.session({ notice: details ? { text, tone, details, key } : { text, tone, key } });
    },
    /** What a source says of itself; null when it is gone. */
    setHealth: (id: Id, health: SourceHealth | null): void =>
      set((state) => {
        const { [id]: _old, ...rest } = state.health;
        return { health: health ? { ...rest, [id]: health } : rest };
      }),
    /** Told of every change to the board and whose it is. Returns the end of it. */
    onPatch(listener: (patch: Patch, origin: PatchOrigin) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** The edges that tell what a node or a card serves. */
    tellingEdges: (id: Id) => edgesTelling(projection(), id),
    /** All that is known of a node: what sources say of it, and what follows from its edges. */
    nodeReadings(id: Id): readonly Reading[] {
      const { instance } = get().session;
      return nodeReadings(readings, edgesTelling(projection(), id), id, { instance, isStale });
    },
    /** What is lit now; null when nothing is dimmed. */
    lit: (): Lit | null => litShown(light(), projection()),
    /** True for a reading that is too old, or whose source is too silent, to be called live. */
    isStale,
  };

  function step(next: { history: History; patch: Patch; label: string } | null): void {
    if (!next || get().readOnly !== null) return;
    commit(next.patch, 'user', true);
    set({ history: next.history });
  }

  return workspace;
}

/** A selection never names what is no longer there. */
function withoutGone(session: Session, board: Board): Session {
  const { selection, editing, ringed } = session;
  const spotlight = stillThere(session.spotlight, board);
  let gone = false;
  const kept = (ids: ReadonlySet<Id>, records: Record<Id, unknown>) => {
    for (const id of ids) if (!(id in records)) gone = true;
    return gone ? new Set([...ids].filter((id) => id in records)) : ids;
  };
  const next: Selection = {
    nodes: kept(selection.nodes, board.nodes),
    edges: kept(selection.edges, board.edges),
    notes: kept(selection.notes, board.notes),
    groups: kept(selection.groups, board.groups),
  };
  const lostEdit = editing !== null && !(editing.id in board[editing.type]);
  const lostRing = ringed !== null && !(ringed.id in (ringed.type === 'node' ? board.nodes : board.edges));
  if (!gone && !lostEdit && !lostRing && spotlight === session.spotlight) return session;
  return {
    ...session,
    selection: gone ? next : selection,
    editing: lostEdit ? null : editing,
    ringed: lostRing ? null : ringed,
    spotlight,
  };
}
