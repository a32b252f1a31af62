import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isSameValue,
  parseValue,
  type SizeNames,
  type ValueUnit,
} from '../../../src/analysis/defaults/value.ts';

const read = (text: string, unit: ValueUnit, sizes?: SizeNames) => {
  const value = parseValue(text, { unit }, sizes);
  return value && 'value' in value ? value.value : value;
};

test.each<[string, ValueUnit, number | boolean | string | null, SizeNames?]>([
  ['500', 'ms', 500],
  ['500ms', 's', 500],
  ['30s', 'ms', 30_000],
  ['30', 's', 30_000],
  ['0.25s', 's', 250],
  ['1m', 'ms', 60_000],
  ['5min', 's', 300_000],
  ['1m30s', 'ms', 90_000],
  ['1h 30m', 's', 5_400_000],
  ['2 days', 's', 172_800_000],
  ['90s', 'ns', 90_000],
  ['90000000000', 'ns', 90_000],
  ['250us', 'ms', 0.25],
  ['10000', 'µs', 10],
  ['168', 'h', 604_800_000],
  ['75s;', 's', 75_000],
  ['"15s"', 's', 15_000],
  ['-1', 'ms', -1],
  ['off', 'ms', 0],
  ['infinite', 'ms', Number.POSITIVE_INFINITY],
  ['2147483647', 'ms', Number.POSITIVE_INFINITY],
  ['64k', 'bytes', 65_536],
  ['4GB', 'bytes', 4 * 1024 ** 3],
  ['128MB', '8 KiB', 128 * 1024 ** 2],
  ['16384', '8 KiB', 128 * 1024 ** 2],
  ['4096', 'KiB', 4 * 1024 ** 2],
  ['1024m', 'bytes', 1024 ** 3],
  ['1 GiB', 'bytes', 1024 ** 3],
  ['1024B', 'bytes', 1024],
  ['50MB', 'bytes', 50_000_000, 'decimal'],
  ['50MiB', 'bytes', 50 * 1024 ** 2, 'decimal'],
  ['1m', 'bytes', 1_000_000, 'redis'],
  ['1mb', 'bytes', 1024 ** 2, 'redis'],
  ['151', 'count', 151],
  ['1_000', 'count', 1000],
  ['0.6', 'ratio', 0.6],
  ['60%', 'ratio', 0.6],
  ['20', 'percent', 0.2],
  ['20%', 'percent', 0.2],
  ['Infinity', 'count', Number.POSITIVE_INFINITY],
  ['on', 'switch', true],
  ['OFF', 'switch', false],
  ['yes', 'switch', true],
  ['0', 'switch', false],
  ["'Error  Timeout'", 'text', 'error timeout'],
  ['maybe', 'switch', null],
  ['many', 'count', null],
  ['10x', 'ms', null],
  ['5 apples', 'ms', null],
  ['12Q', 'bytes', null],
  ['1.2.3', 'count', null],
  ['', 'ms', null],
  ['', 'text', null],
])('%j in %s is %s', (text, unit, expected, sizes) => {
  expect(read(text, unit, sizes)).toBe(expected);
});

test('special values mean what their key says', () => {
  const meaning = { unit: 'ms', special: { '0': 'no limit', '-1': 'automatic' } } as const;
  expect(parseValue('0', meaning)).toEqual({ type: 'duration', value: Number.POSITIVE_INFINITY });
  expect(parseValue('0s', meaning)).toEqual({ type: 'duration', value: Number.POSITIVE_INFINITY });
  expect(parseValue('off', meaning)).toEqual({ type: 'duration', value: Number.POSITIVE_INFINITY });
  expect(parseValue('-1', meaning)).toEqual({ type: 'automatic' });
  expect(parseValue('auto', meaning)).toEqual({ type: 'automatic' });
  expect(parseValue('-1', { unit: 'text', synonyms: { '-1': 'all' } })).toEqual({
    type: 'text',
    value: 'all',
  });
});

const UNITS: readonly ValueUnit[] = [
  ...(['ns', 'µs', 'ms', 's', 'min', 'h', 'd', 'bytes', 'KiB', '8 KiB', 'MiB'] as const),
  ...(['count', 'ratio', 'percent', 'switch', 'text'] as const),
];

test('whatever stands there is read or refused, and never a NaN', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...UNITS), (text, unit) => {
      const value = parseValue(text, { unit });
      if (value && 'value' in value && typeof value.value === 'number') expect(value.value).not.toBeNaN();
    }),
  );
});

test('a duration is the same in each of its units', () => {
  const whole = fc.nat({ max: 100_000 });
  fc.assert(
    fc.property(whole, (seconds) => {
      const texts = [
        `${seconds}s`,
        `${seconds * 1000}ms`,
        `${seconds * 1000}`,
        `${seconds / 60}m`,
        `0m${seconds}s`,
      ];
      const values = texts.map((text) => parseValue(text, { unit: 'ms' })!);
      for (const value of values) expect(isSameValue(value, values[0]!)).toBe(true);
    }),
  );
});

test('a size is the same in each of its units, and larger units are larger', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.constantFrom<SizeNames | undefined>(undefined, 'decimal', 'redis'),
      (n, names) => {
        const size = (text: string) => read(text, 'bytes', names) as number;
        expect(size(`${n}KiB`)).toBe(n * 1024);
        expect(size(`${n * 1024}`)).toBe(n * 1024);
        expect(size(`${n}k`)).toBeLessThanOrEqual(n * 1024);
        expect(size(`${n}k`)).toBeLessThan(size(`${n}m`));
        expect(size(`${n}m`)).toBeLessThan(size(`${n}g`));
      },
    ),
  );
});
