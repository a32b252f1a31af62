/** Nezha's metrics: a file for each pod, and one each for what callers and callees saw of edges (medians, seconds). */
import { join } from 'node:path';
import { namesIn, numberOf, rowsOf, textOf } from './files.ts';
import { edgeId, serviceOf } from './nezha-names.ts';
import type { Metric, Reading } from './product.ts';
import { distributionOf, type Told } from './readings.ts';

/** What was told of minutes that end at `at`; `source` keeps apart who told it. */
export type Minutes = { at: number; source: 'metrics' | 'traces'; isFaultFree: boolean; told: Told[] }[];

const MINUTE = 60_000;
/** What users came to, whichever part that is. */
export const FRONT = 'front';

export function metricMinutes(folder: string): Minutes {
  const minutes: Minutes = [];
  for (const name of namesIn(folder)) {
    const file = name.replace(/\.gz$/, '');
    const rows = () => tableOf(textOf(join(folder, name)) ?? '');
    if (file.endsWith('_metric.csv')) minutes.push(...rows().map(podMinute));
    else if (file === 'source_50.csv') minutes.push(...rows().map((row) => edgeMinute(row, 'caller')));
    else if (file === 'destination_50.csv') minutes.push(...rows().map((row) => edgeMinute(row, 'callee')));
    else if (file === 'front_service.csv') minutes.push(...frontMinutes(rows()));
  }
  return minutes;
}

type Row = {
  at: number;
  cell: (name: string) => number | null;
  text: (name: string) => string;
  names: string[];
};

/** Times are the ends of the minutes; columns are found by the beginning of their names, whatever their case. */
function tableOf(text: string): Row[] {
  const [head = [], ...rows] = rowsOf(text);
  const columns = new Map(head.map((name, i) => [name.trim().toLowerCase(), i]));
  return rows.flatMap((fields) => {
    const time = fields[columns.get('time') ?? -1];
    const at = time === undefined ? Number.NaN : Date.parse(`${time.slice(0, 19).replace(' ', 'T')}Z`);
    if (Number.isNaN(at)) return [];
    const field = (name: string) => fields[columns.get(name.toLowerCase()) ?? -1];
    return [{ at, cell: (name) => numberOf(field(name)), text: (name) => field(name) ?? '', names: head }];
  });
}

const seconds = (value: number | null) => (value === null ? null : value * 1000);
const percent = (value: number | null) => (value === null ? null : value / 100);

function podMinute({ at, cell, text }: Row): Minutes[number] {
  const pod = text('PodName');
  const subject = { type: 'node' as const, id: serviceOf(pod) };
  const rate = cell('PodWorkload(Ops)');
  const value = (metric: Metric, figure: Reading['value'] | null, side: Reading['side'] = null): Told => ({
    ...{ subject, metric, value: figure, at, window: MINUTE, side },
    samples: rate === null ? null : Math.round(rate * 60),
  });
  const mebibytes = cell('MemoryUsage(Mi)');
  const latency = distributionOf(
    {
      mean: null,
      quantiles: [90, 95, 99].map((p) => [p / 100, seconds(cell(`PodServerLatencyP${p}(s)`))] as const),
    },
    0,
  );
  const told = [
    value('cpu', percent(cell('CpuUsageRate(%)'))),
    value('memory', mebibytes === null ? null : mebibytes * 2 ** 20),
    value('rate', rate),
    value('latency', rate ? latency : null, 'callee'),
  ];
  return { at, source: 'metrics', isFaultFree: false, told };
}

/** Columns are `caller_callee`. */
function edgeMinute({ at, cell, names }: Row, side: 'caller' | 'callee'): Minutes[number] {
  const told = names.flatMap((name): Told[] => {
    const [source, target, ...rest] = name.split('_');
    if (!source || !target || rest.length > 0) return [];
    const quantiles = [[0.5, seconds(cell(name))] as const];
    const value = distributionOf({ mean: null, quantiles }, 0);
    return [
      {
        subject: { type: 'edge', id: edgeId(source, target) },
        metric: 'latency',
        value,
        at,
        window: MINUTE,
        side,
      },
    ];
  });
  return { at, source: 'metrics', isFaultFree: false, told };
}

/** What users saw; a success rate that is 0 all day was not measured. */
function frontMinutes(rows: readonly Row[]): Minutes {
  const isMeasured = rows.some(({ cell }) => (cell('SuccessRate(%)') ?? 0) > 0);
  return rows.map(({ at, cell }) => {
    const success = percent(cell('SuccessRate(%)'));
    const errors = isMeasured && success !== null ? Math.max(0, 1 - success) : null;
    const subject = { type: 'node' as const, id: FRONT };
    return {
      at,
      source: 'metrics',
      isFaultFree: false,
      told: [{ subject, metric: 'errors' as const, value: errors, at, window: MINUTE }],
    };
  });
}
