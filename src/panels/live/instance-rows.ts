/** What is known of each instance, as rows of a table. Pure. */
import { METRICS, type Metric, quantile, type Reading } from '../../graph/index.ts';

export type InstanceRow = { instance: string; of: ReadonlyMap<Metric, Reading> };
export type InstanceTable = {
  /** Whose instances they are: those that called, or those that were called. */
  side: 'caller' | 'callee' | null;
  metrics: readonly Metric[];
  rows: readonly InstanceRow[];
};

/** Instances of both ends apart; what has no side stands with the callee's. */
export function instanceTables(readings: readonly Reading[]): InstanceTable[] {
  const bySide = Map.groupBy(readings, ({ side }) => (side === 'caller' ? 'caller' : 'callee'));
  return (['callee', 'caller'] as const).flatMap((side): InstanceTable[] => {
    const list = bySide.get(side);
    if (!list) return [];
    // a node has no other end whose instances they could be
    const isTwoSided = list.some((each) => each.side !== null && each.subject.type === 'edge');
    const metrics = (Object.keys(METRICS) as Metric[]).filter((metric) =>
      list.some((each) => each.metric === metric),
    );
    const rows = [...Map.groupBy(list, ({ instance }) => instance ?? '')].map(
      ([instance, own]): InstanceRow => ({
        instance,
        of: new Map(own.toReversed().map((each) => [each.metric, each])),
      }),
    );
    return [{ side: isTwoSided ? side : null, metrics, rows }];
  });
}

export type Order = { by: Metric | 'instance'; descending: boolean };

export function sortInstances(
  rows: readonly InstanceRow[],
  { by, descending }: Order,
  q: number,
): InstanceRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const names = compare(a.instance, b.instance);
    if (by === 'instance') return sign * names;
    const [x, y] = [numberOf(a.of.get(by), q), numberOf(b.of.get(by), q)];
    // what was not measured comes last, whichever way
    if (x === null || y === null) return Number(x === null) - Number(y === null) || names;
    return sign * (x - y) || names;
  });
}

const { compare } = new Intl.Collator('en', { numeric: true });

function numberOf(reading: Reading | undefined, q: number): number | null {
  if (!reading) return null;
  return typeof reading.value === 'number' ? reading.value : (quantile(reading.value, q)?.value ?? null);
}
