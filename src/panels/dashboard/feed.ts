/**
 * Keeps films of what is looked at: the stretch of the timeline as sources remember it, and live figures at its end
 * as they come. What is remembered is asked for again now and then, so that the live end stays short.
 *
 *   want(subjects, stretch) ─► ask(missing) ─► films ─► onChange (once a frame)
 *   live readings ─────────────────────────────┘
 */
import {
  type EpochMs,
  type Frame,
  type Milliseconds,
  type Reading,
  type Stretch,
  type Subject,
  subjectKey,
} from '../../graph/index.ts';
import { createReadingStore, nodeReadings, type Workspace } from '../../workspace/index.ts';
import { copyOf, cutBefore, cutFrom, emptyFilm, type Film, join, put } from './film.ts';

export type Wanted = {
  subjects: readonly Subject[];
  span: Milliseconds;
  /** Null goes on to now. */
  end: EpochMs | null;
  window: Milliseconds;
  step: Milliseconds;
  /** The moment shown: what is known of it is what sources remember, over the same window as on the board. */
  moment: EpochMs | null;
};

type Kept = {
  film: Film;
  /** The last moment that history was asked for; null when it never was. */
  askedTo: EpochMs | null;
  askedAt: EpochMs;
};

/** History is asked again after so long, and for so much of what was known already: sources tell of the last moments late. */
const AGAIN: Milliseconds = 60_000;
const LATE: Milliseconds = 60_000;
/** Longer without a word is a gap. */
const SILENCE: Milliseconds = 15_000;
/** Films kept of parts that are no longer looked at. */
const KEPT = 24;
/** At most so long at a time, ms: what is dragged meanwhile must not stutter. */
const SLICE: Milliseconds = 8;
/** Every figure belongs to its own time, and every instance has a line of its own. */
const OF_ALL = { instance: null, isStale: () => false };

export type Feed = ReturnType<typeof createFeed>;

export function createFeed(workspace: Workspace, onChange: () => void) {
  const { services, readings, now, use } = workspace;
  const films = new Map<string, Kept>();
  let wanted: Wanted | null = null;
  let of = '';
  let flight: { controller: AbortController; keys: ReadonlySet<string> } | null = null;
  let problems: readonly string[] = [];
  let frame = 0;
  let dirty = new Set<string>();

  const changed = () => {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      takeLive();
      onChange();
    });
  };

  const isLive = () => wanted?.end === null;
  const gapOf = ({ step }: Wanted) => Math.max(SILENCE, 2 * step);

  const endLive = readings.live.subscribe((told) => {
    for (const subject of wanted?.subjects ?? [])
      if (told.has(subjectKey(subject)) || subject.type === 'node') dirty.add(subjectKey(subject));
    if (dirty.size > 0) changed();
  });

  function takeLive(): void {
    const keys = dirty;
    dirty = new Set();
    if (!wanted || !isLive()) return;
    for (const subject of wanted.subjects) {
      const kept = films.get(subjectKey(subject));
      if (!kept || !keys.has(subjectKey(subject))) continue;
      const own = readings.live.of(subject);
      const all = subject.type === 'node' ? withDerived(subject, own, readings.live) : own;
      const { film, askedTo } = kept;
      const newer = all.filter(({ at }) => at > (askedTo ?? Number.NEGATIVE_INFINITY));
      // what is known already is put where it is
      for (const [at, told] of Map.groupBy(newer, (reading) => reading.at))
        put(film, at, told, 'some', gapOf(wanted));
    }
  }

  /** A node's own readings, with what follows from its edges where it has none. */
  function withDerived(
    { id }: Subject,
    own: readonly Reading[],
    { best, ofInstances }: Pick<typeof readings.live, 'best' | 'ofInstances'>,
  ): readonly Reading[] {
    const told = { of: () => own, best, ofInstances };
    return nodeReadings(told, workspace.tellingEdges(id), id, OF_ALL);
  }

  const stretchNow = ({ span, end, step, window }: Wanted): Stretch => {
    const to = Math.floor((end ?? now()) / step) * step;
    return { from: Math.ceil((to - span) / step) * step, to, step, window };
  };

  /** Those never asked for first; then those asked for long ago, as far as they have grown. */
  function due(): { stretch: Stretch; subjects: Subject[] } | null {
    if (!wanted) return null;
    const stretch = stretchNow(wanted);
    const of = wanted.subjects.map((subject) => ({ subject, kept: films.get(subjectKey(subject))! }));
    const missing = of.filter(({ kept }) => kept.askedTo === null && now() - kept.askedAt > AGAIN);
    if (missing.length > 0) return { stretch, subjects: missing.map(({ subject }) => subject) };
    const { moment } = wanted;
    const isOld = ({ askedAt, askedTo }: Kept) =>
      askedTo! < stretch.to && (now() - askedAt > AGAIN || (moment !== null && moment > askedTo!));
    const old = of.filter(({ kept }) => isOld(kept));
    if (old.length === 0) return null;
    const from = Math.min(...old.map(({ kept }) => kept.askedTo!)) - LATE;
    const since = Math.max(stretch.from, Math.floor(from / stretch.step) * stretch.step);
    return { stretch: { ...stretch, from: since }, subjects: old.map(({ subject }) => subject) };
  }

  async function pump(): Promise<void> {
    const next = due();
    if (!next || flight) return;
    const { stretch, subjects } = next;
    const controller = new AbortController();
    const keys = new Set(subjects.map(subjectKey));
    flight = { controller, keys };
    changed();
    const edges = subjects.flatMap(({ type, id }) =>
      type === 'node'
        ? workspace.tellingEdges(id).map((edge) => subjectKey({ type: 'edge', id: edge.id }))
        : [],
    );
    const only = new Set([...keys, ...edges]);
    const asked = now();
    const history = await services.history(stretch, controller.signal, only);
    for (const kept of subjects.flatMap((subject) => films.get(subjectKey(subject)) ?? [])) {
      if (controller.signal.aborted) return;
      await develop(kept, history.frames, stretch, controller.signal);
      if (!controller.signal.aborted) Object.assign(kept, { askedTo: stretch.to, askedAt: asked });
    }
    if (controller.signal.aborted) return;
    flight = null;
    problems = history.problems;
    changed();
    void pump();
  }

  /** Lays what is remembered under what has come since. */
  async function develop(
    { film }: Kept,
    frames: readonly Frame[],
    { from, to }: Stretch,
    signal: AbortSignal,
  ): Promise<void> {
    const next = copyOf(film);
    cutBefore(next, stretchNow(wanted!).from);
    cutFrom(next, from);
    const gap = gapOf(wanted!);
    let until = performance.now() + SLICE;
    for (const { at, readings: told } of frames) {
      put(next, at, tellOf(film.subject, told), 'all', gap);
      if (performance.now() < until) continue;
      await new Promise((go) => setTimeout(go));
      if (signal.aborted) return;
      until = performance.now() + SLICE;
    }
    if (isLive()) join(next, film, to, gap);
    Object.assign(film, next);
  }

  function tellOf(subject: Subject, told: readonly Reading[]): readonly Reading[] {
    const own = told.filter(({ subject: { type, id } }) => type === subject.type && id === subject.id);
    if (subject.type === 'edge' || own.some(({ metric }) => metric === 'rate')) return own;
    const together = told.filter(({ subject: { type }, instance }) => type === 'edge' && instance === null);
    return withDerived(subject, own, createReadingStore(together));
  }

  return {
    /** What to show from now on. What is known of it already stays. */
    want(next: Wanted): void {
      const { board } = use.getState();
      const { subjects, moment: _, ...stretch } = next;
      const known = JSON.stringify([stretch, board.id, board.sources]);
      if (known !== of) {
        flight?.controller.abort();
        flight = null;
        films.clear();
      }
      of = known;
      wanted = next;
      for (const subject of subjects) {
        const key = subjectKey(subject);
        const kept = films.get(key) ?? { film: emptyFilm(subject), askedTo: null, askedAt: 0 };
        films.delete(key);
        films.set(key, kept);
      }
      const shown = new Set(subjects.map(subjectKey));
      for (const key of films.keys()) if (films.size > KEPT && !shown.has(key)) films.delete(key);
      if (flight && ![...flight.keys].every((key) => shown.has(key))) {
        flight.controller.abort();
        flight = null;
      }
      void pump();
    },
    /** Once a second: asks again where it is time to. */
    tick: (): void => void pump(),
    film: (subject: Subject): Film | null => films.get(subjectKey(subject))?.film ?? null,
    isComing: (subject: Subject): boolean => flight?.keys.has(subjectKey(subject)) ?? false,
    /** Why something is missing, a sentence each. */
    problems: (): readonly string[] => problems,
    /** Longer without a value is none, ms. */
    gap: (): Milliseconds => (wanted ? gapOf(wanted) : SILENCE),
    stop(): void {
      endLive();
      flight?.controller.abort();
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
