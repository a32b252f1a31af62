/** Who speaks for an edge: several dialects may have measured it, and their figures are never added up. */
import type { Id, PerSecond } from '../../graph/index.ts';
import type { Traffic } from './traffic.ts';
import type { Way } from './ways.ts';

/** Dialects by their place in the list: the first that saw anything happen is believed, else the first. */
export type Speakers = {
  hear(way: Way, traffic: Traffic, dialect: number): void;
  /** Null where nobody measured the edge. */
  of(edge: Id): number | null;
  /** What that dialect counted on the edge; null where it counts nothing. */
  rate(edge: Id): PerSecond | null;
  /** Edges that were also measured by dialects that are not heard, by who speaks and who doesn't. */
  silenced(): Map<string, number>;
  /** True where one carrier hands its messages to several: then what went in is not what came out. */
  isSplit(edge: Id): boolean;
};

type Told = { active: boolean; rate: PerSecond | null; targets: Set<unknown> };

export function createSpeakers(): Speakers {
  const edges = new Map<Id, Map<number, Told>>();
  const speakerOf = (told: ReadonlyMap<number, Told>): number => {
    const all = [...told].sort(([a], [b]) => a - b);
    return (all.find(([, { active }]) => active) ?? all[0]!)[0];
  };
  const spoken = (edge: Id) => {
    const told = edges.get(edge);
    return told?.get(speakerOf(told));
  };
  return {
    hear({ out, into }, traffic, dialect) {
      for (const { id } of new Set([out, into])) {
        const told = edges.get(id) ?? new Map<number, Told>();
        edges.set(id, told);
        const mine = told.get(dialect) ?? { active: false, rate: null, targets: new Set() };
        told.set(dialect, mine);
        if (traffic.rate !== null) mine.rate = (mine.rate ?? 0) + traffic.rate;
        mine.active ||= (traffic.rate ?? 0) > 0 || Object.keys(traffic.latency).length > 0;
        mine.targets.add(traffic.target.names[0]);
      }
    },
    of(edge) {
      const told = edges.get(edge);
      return told ? speakerOf(told) : null;
    },
    rate: (edge) => spoken(edge)?.rate ?? null,
    isSplit: (edge) => (spoken(edge)?.targets.size ?? 0) > 1,
    silenced() {
      const pairs = new Map<string, number>();
      for (const told of edges.values()) {
        const speaker = speakerOf(told);
        for (const [other, { active }] of told) {
          if (other === speaker || !active) continue;
          const pair = `${speaker} ${other}`;
          pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
        }
      }
      return pairs;
    },
  };
}
