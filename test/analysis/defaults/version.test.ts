import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, isVersion, rangeAt } from '../../../src/analysis/defaults/version.ts';

test.each([
  ['3.7', '3.10', -1],
  ['3.0', '3.0.0', 0],
  ['v20.11.1', '19', 1],
  ['postgres:15-alpine', '15', 0],
  ['1.8.0_252', '9', -1],
  ['17.0.15+6', '15', 1],
])('%s against %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
  expect(Math.sign(compareVersions(b, a))).toBe(sign === 0 ? 0 : -sign);
});

test('a tag without a number is no version', () => {
  expect([isVersion('latest'), isVersion('16'), isVersion('registry:5000/redis:latest')]).toEqual([
    false,
    true,
    false,
  ]);
});

test('order is total: versions sort as their numbers do', () => {
  const numbers = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(numbers, numbers, numbers, (a, b, c) => {
      const [x, y, z] = [a.join('.'), b.join('.'), c.join('.')];
      if (compareVersions(x, y) <= 0 && compareVersions(y, z) <= 0)
        expect(compareVersions(x, z)).toBeLessThanOrEqual(0);
      expect(compareVersions(x, x)).toBe(0);
    }),
  );
});

test('a range holds from its first version to before its end; of no version, the newest', () => {
  const ranges = [
    { value: 'a', since: '1.2', until: '3.0' },
    { value: 'b', since: '3.0' },
  ];
  const at = (version?: string) => rangeAt(ranges, version)?.value ?? null;
  expect(['1.1', '1.2', '2.9.9', '3', '4', 'latest', undefined].map(at)).toEqual([
    null,
    'a',
    'a',
    'b',
    'b',
    'b',
    'b',
  ]);
});
