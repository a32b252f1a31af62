/** Lines of access logs, and figures read from them held against what was counted in a simpler way. */
import { expect } from 'vitest';
import { type Distribution, mean, quantile, type Reading, totalCount } from '../../src/graph/index.ts';
import { edgeBetween, type Opened, readingOf } from './drop.ts';

const DATE = '[04/Mar/2026:05:06:07 +0000]';
export const combined = (more = '', request = 'GET /a HTTP/1.1', status = 200) =>
  `192.0.2.1 - - ${DATE} "${request}" ${status} 12 "-" "curl/8.5.0"${more}`;
export const lines = (...all: string[]) => `${all.join('\n')}\n`;

export const at = (read: Opened, source: string, target: string) => edgeBetween(read, source, target).id;
export const callee = (read: Opened, metric: Reading['metric'], target = 'nginx') =>
  readingOf(read, at(read, 'client', target), metric, 'callee');
export const caller = (read: Opened, metric: Reading['metric'], target: string, source = 'nginx') =>
  readingOf(read, at(read, source, target), metric, 'caller');
export const distribution = (reading: Reading | undefined) => reading?.value as Distribution;

/** What a log says of one edge, counted by hand: durations in ms, and how many requests and failures there were. */
export type Count = { durations: number[]; calls: number; failed: number };

export function agrees(
  read: Opened,
  edge: string,
  side: 'caller' | 'callee',
  count: Count,
  grain: number,
): void {
  const { durations, calls, failed } = count;
  const latency = readingOf(read, edge, 'latency', side);
  const told = distribution(latency);
  expect(latency?.samples).toBe(durations.length);
  expect(totalCount(told)).toBe(durations.length);
  expect(mean(told)).toBeCloseTo(durations.reduce((a, b) => a + b, 0) / durations.length, 6);
  const sorted = durations.toSorted((a, b) => a - b);
  for (const q of [0.5, 0.95, 0.99]) {
    const value = sorted[Math.ceil(q * sorted.length - 1e-9) - 1]!;
    const { low, high } = quantile(told, q)!;
    expect(value).toBeGreaterThanOrEqual(grain === 0 ? sorted[0]! : low);
    expect(value + grain).toBeLessThanOrEqual(grain === 0 ? sorted.at(-1)! : high);
  }
  expect(readingOf(read, edge, 'errors', side)).toMatchObject({ value: failed / calls, samples: calls });
  const rate = readingOf(read, edge, 'rate', side)!;
  expect(rate.value).toBeCloseTo(calls / (rate.window / 1000), 9);
}
