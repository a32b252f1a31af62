/**
 * What an edge says that stands for several: their latencies merged where their source allows it, or else the worst
 * of them by name. Quantiles are never averaged.
 */
import {
  type Distribution,
  type EpochMs,
  type Id,
  type Milliseconds,
  mergeDistributions,
  type Projection,
  quantile,
  type Reading,
} from '../graph/index.ts';
import { type EdgeLabel, pillFace, shortInstance } from '../picture/index.ts';
import type { ReadingStore } from './readings.ts';

export type Bundle = {
  reading: Reading | null;
  /** `3 merged`, `worst of 3`, `worst of 2 measured of 3`. */
  words: string;
  /** The one that is spoken of, where it is one. */
  edge: Id | null;
};

const SAID: EdgeLabel = { text: '', change: null, severity: 'neutral', stale: false, age: null };

/**
 * How wide the pills are that say more than a figure: of edges that stand for several, whatever will be measured on
 * them, and of those that speak of one instance.
 */
export function widthsOf(
  { board, edges }: Projection,
  readings: Pick<ReadingStore, 'best'>,
  instance: string | null,
): ReadonlyMap<Id, number> {
  const widths = new Map<Id, number>();
  const say = (id: Id, words: string) =>
    widths.set(id, pillFace({ ...SAID, text: `1.25 s · ${words}` }, board.edges[id]!.kind)!.width);
  const ofOne = instance === null ? '' : `${shortInstance(instance)} · `;
  for (const [id, parts] of edges) say(id, `${ofOne}worst of ${parts.length}`);
  if (instance !== null)
    for (const id in board.edges)
      if (readings.best({ type: 'edge', id }, 'latency', instance)) say(id, shortInstance(instance));
  return widths;
}

const isLatency = (reading: Reading | null): reading is Reading & { value: Distribution } =>
  reading !== null && typeof reading.value !== 'number';

/**
 * @param parts the latency of each edge, null where there is none
 * @param q which quantile the worst is found by
 */
export function bundleOf(edge: Id, parts: readonly (Reading | null)[], q: number): Bundle {
  const measured = parts.filter(isLatency);
  const [first] = measured;
  if (!first) return { reading: null, words: '', edge: null };
  const merged = measured.length === parts.length ? mergeReadings(edge, measured) : null;
  if (merged) return { reading: merged, words: `${parts.length} merged`, edge: null };
  const at = (reading: Reading & { value: Distribution }): Milliseconds | number =>
    quantile(reading.value, q)?.value ?? Number.NEGATIVE_INFINITY;
  const worst = measured.reduce((a, b) => (at(b) > at(a) ? b : a));
  const all = measured.length === parts.length;
  const words = all ? `worst of ${parts.length}` : `worst of ${measured.length} measured of ${parts.length}`;
  return { reading: worst, words, edge: worst.subject.id };
}

/** Only what one source counted the same way, on the same side, over the same window, adds up. */
function mergeReadings(edge: Id, readings: readonly (Reading & { value: Distribution })[]): Reading | null {
  const [first] = readings;
  if (!first) return null;
  const isAlike = ({ side, window, instance, provenance }: Reading) =>
    side === first.side &&
    instance === first.instance &&
    window === first.window &&
    provenance.source === first.provenance.source;
  if (!readings.every(isAlike)) return null;
  const value = mergeDistributions(readings.map((reading) => reading.value));
  if (!value) return null;
  const samples = readings.map((reading) => reading.samples);
  return {
    ...first,
    subject: { type: 'edge', id: edge },
    value,
    at: Math.min(...readings.map((reading) => reading.at)) as EpochMs,
    instances: null,
    samples: samples.some((count) => count === null)
      ? null
      : samples.reduce<number>((sum, count) => sum + count!, 0),
  };
}
