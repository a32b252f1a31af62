import { expect, test } from 'vitest';
import { formatAge, formatChange, formatDuration, formatRate, formatShare } from '../../src/graph/index.ts';

test.each([
  [formatDuration, 0, '0 ms'],
  [formatDuration, 0.000_5, '0.5 µs'],
  [formatDuration, 0.087, '87 µs'],
  [formatDuration, 0.9994, '999 µs'],
  [formatDuration, 0.9996, '1 ms'],
  [formatDuration, 4.21, '4.21 ms'],
  [formatDuration, 4.2149, '4.21 ms'],
  [formatDuration, 42.15, '42.1 ms'],
  [formatDuration, 182.4, '182 ms'],
  [formatDuration, 999.4, '999 ms'],
  [formatDuration, 999.6, '1 s'],
  [formatDuration, 1234, '1.23 s'],
  [formatDuration, 59_949, '59.9 s'],
  [formatDuration, 119_400, '119 s'],
  [formatDuration, 119_500, '2 min 0 s'],
  [formatDuration, 125_000, '2 min 5 s'],
  [formatDuration, 3_600_000, '60 min 0 s'],
  [formatDuration, -4.21, '-4.21 ms'],
  [formatDuration, Number.POSITIVE_INFINITY, '∞'],
  [formatRate, 0, '0 /s'],
  [formatRate, 0.4, '0.4 /s'],
  [formatRate, 12.34, '12.3 /s'],
  [formatRate, 999.4, '999 /s'],
  [formatRate, 999.6, '1000 /s'],
  [formatRate, 1234.4, '1234 /s'],
  [formatShare, 0, '0 %'],
  [formatShare, 0.005, '0.5 %'],
  [formatShare, 0.000_04, '0.004 %'],
  [formatShare, 0.333_33, '33.3 %'],
  [formatShare, 1, '100 %'],
  [formatShare, 2.5, '250 %'],
  [formatChange, 1, '≈'],
  [formatChange, 1.09, '≈'],
  [formatChange, 0.92, '≈'],
  [formatChange, 1.2, '↑1.2×'],
  [formatChange, 3.2, '↑3.2×'],
  [formatChange, 2, '↑2×'],
  [formatChange, 0.5, '↓2×'],
  [formatChange, 0.1, '↓10×'],
  [formatChange, 9.96, '↑10×'],
  [formatChange, 123.4, '↑123×'],
  [formatAge, -500, 'now'],
  [formatAge, 1400, 'now'],
  [formatAge, 4000, '4 s'],
  [formatAge, 119_000, '119 s'],
  [formatAge, 180_000, '3 min'],
  [formatAge, 7_200_000, '2 h'],
] as const)('%o of %d reads %s', (format, value, words) => {
  expect(format(value)).toBe(words);
});

test('what is not zero never reads as zero', () => {
  for (let size = 1e-9; size < 1e9; size *= 3.7)
    for (const format of [formatDuration, formatRate, formatShare]) expect(format(size)).not.toMatch(/^0 /);
});
