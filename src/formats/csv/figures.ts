/** Columns of figures in a table of edges: latency at a quantile, rate, share of failures. A figure without a unit is none. */
import type { Metric, Reading } from '../../graph/index.ts';

export type FigureColumn = {
  index: number;
  metric: 'latency' | 'rate' | 'errors';
  /** Of a latency: 0.95 of p95. */
  q: number;
  /** What one of its numbers comes to in the metric's own unit; null where the cells have to say. */
  factor: number | null;
};
export type Figure = { metric: Metric; value: Reading['value'] };

const QUANTILE =
  /^(?:(?:latency|duration|response time|time|rt)\s)?(?:p(\d{2,3}(?:\.\d{1,2})?)|(median))(?:\s(?:latency|duration|response time|time|rt))?(?:\s(\S{1,15}))?$/;
const RATE =
  /^(?:(?:rate|throughput|load|traffic)\s)?(rps|qps|tps|rpm|qpm|(?:req|requests?|calls?|ops?|queries|messages)(?:\/| per )(?:s|sec|second|m|min|minute))$/;
const ERRORS = /^(?:errors?|failures?|failed|5xx)\s(rate|ratio|share|%|pct|percent)(?:\s(%|pct|percent))?$/;
/** In milliseconds. */
const TIMES: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, msec: 1, millis: 1, milliseconds: 1 },
  ...{ s: 1000, sec: 1000, secs: 1000, seconds: 1000 },
};

/** What a column is a figure of, by what stands above it; null where it is none. */
export function figureColumn(cell: string, index: number): FigureColumn | null {
  // p95_ms, p95 (ms), p95[ms], errorRate
  const words = cell
    .slice(0, 60)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[_()[\]\-,:]+/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  const latency = QUANTILE.exec(words);
  if (latency) {
    const [, digits, , unit] = latency;
    const factor = unit === undefined ? null : TIMES[unit];
    const q = digits === undefined ? 0.5 : Number(`0.${digits.replace('.', '')}`);
    return factor === undefined ? null : { index, metric: 'latency', q, factor };
  }
  const rate = RATE.exec(words)?.[1];
  if (rate !== undefined)
    return { index, metric: 'rate', q: 0, factor: /(?:pm|[/ ]m(?:in|inute)?)$/.test(rate) ? 1 / 60 : 1 };
  const errors = ERRORS.exec(words);
  if (errors) return { index, metric: 'errors', q: 0, factor: /%|pct|percent/.test(errors[0]) ? 0.01 : null };
  return null;
}

const NUMBER = /^([-+]?\d{1,15}(?:[.,]\d{1,9})?(?:e[-+]?\d{1,2})?)\s?([a-zµμ%]{0,12})$/i;

/** The figures in a row; `unsaid` counts those without a unit. */
export function figuresIn(
  cells: readonly string[],
  columns: readonly FigureColumn[],
): { figures: Figure[]; unsaid: number } {
  const points: { q: number; value: number }[] = [];
  const figures: Figure[] = [];
  let unsaid = 0;
  for (const { index, metric, q, factor } of columns) {
    const [, digits, unit = ''] = NUMBER.exec(cells[index]?.trim() ?? '') ?? [];
    if (digits === undefined) continue;
    const number = Number(digits.replace(',', '.'));
    const own =
      metric === 'errors'
        ? unit === '%'
          ? 0.01
          : undefined
        : metric === 'latency'
          ? TIMES[unit.toLowerCase()]
          : undefined;
    // a share of at most one, where nothing says percent
    const each = own ?? factor ?? (metric === 'errors' && unit === '' && number <= 1 ? 1 : null);
    const value = number * (each ?? Number.NaN);
    if (!(value >= 0) || value > MOST[metric]) unsaid++;
    else if (metric === 'latency') points.push({ q, value });
    else if (!figures.some((known) => known.metric === metric)) figures.push({ metric, value });
  }
  const sorted = points.sort((a, b) => a.q - b.q).filter(({ q }, i, all) => q !== all[i - 1]?.q);
  if (sorted.length > 0) figures.push({ metric: 'latency', value: { type: 'quantiles', points: sorted } });
  return { figures, unsaid };
}
/** A year, a trillion a second, all. */
const MOST = { latency: 3.2e10, rate: 1e12, errors: 1 };
