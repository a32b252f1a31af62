import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bracketDepth, lineAndColumn, parseJson, parseJsonLines } from '../../src/formats/json.ts';

/** Where JSON.parse says it stopped; NaN where it doesn't say, null where it didn't stop. */
const stopOf = (text: string): number | null => {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return Number(/position (\d+)/.exec(String(error))?.[1] ?? Number.NaN);
  }
};

test('a cut text breaks at its end, or parses', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), fc.constantFrom(0, 2), (value, cut, indent) => {
      const whole = JSON.stringify(value, null, indent);
      const text = whole.slice(0, cut % whole.length);
      const parsed = parseJson(text);
      expect(parsed.ok).toBe(stopOf(text) === null);
      if (parsed.ok) return;
      expect(parsed.reason).toMatch(/ends|empty/);
      expect(parsed.at).toBe(text.length);
    }),
  );
});

test('a text with any one character changed breaks where JSON.parse stops too, or parses in both', () => {
  const character = fc.constantFrom(...'{}[]",:\\0-.eEtfn \n\t\u0001é'.split(''));
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), character, fc.nat(1), (value, position, put, over) => {
      const whole = JSON.stringify(value, null, 1);
      const at = position % (whole.length + 1);
      const text = whole.slice(0, at) + put + whole.slice(at + over);
      const parsed = parseJson(text);
      const stop = stopOf(text);
      expect(parsed.ok).toBe(stop === null);
      if (parsed.ok || stop === null) return;
      expect(parsed.reason).not.toBe('is not JSON');
      // Within the word, number or escape that is wrong: V8 names a place inside it, we where it begins.
      if (Number.isFinite(stop)) expect(Math.abs(parsed.at - stop)).toBeLessThanOrEqual(6);
      else expect(parsed.at).toSatisfy((ours: number) => ours >= 0 && ours <= text.length);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['', 0, 'the file is empty'],
  [' \n', 2, 'the file is empty'],
  ['{"a":1', 6, 'the file ends too early'],
  ['{"a":"b', 7, 'the file ends inside a string'],
  ['{"a":1,}', 7, 'expected a key in double quotes, found }'],
  ['[1 2]', 3, 'expected , or ], found 2'],
  ['{"a" 1}', 5, 'expected :, found 1'],
  ['{a:1}', 1, 'expected a key in double quotes, found a'],
  ['[tru]', 1, 'expected a value, found t'],
  ['[tru', 4, 'the file ends too early'],
  ['[1e-', 4, 'the file ends too early'],
  ['["\\u00', 6, 'the file ends inside a string'],
  ['[1]]', 3, 'more text after the end of the JSON'],
  ['["\\x"]', 2, 'unknown escape in a string'],
  ['["\t"]', 2, 'control character in a string'],
])('%j breaks at %i: %s', (text, at, reason) => {
  expect(parseJson(text)).toEqual({ ok: false, at, reason });
});

test('places are told by line and column, with either line end', () => {
  expect(lineAndColumn('abc', 2)).toBe('1:3');
  expect(lineAndColumn('a\nbc', 3)).toBe('2:2');
  expect(lineAndColumn('a\r\nbc', 4)).toBe('2:2');
  expect(lineAndColumn('a\n\n', 3)).toBe('3:1');
});

test('depth is that of the value', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? 1 + Math.max(0, ...Object.values(value).map((inside) => depthOf(inside)))
      : 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      expect(bracketDepth(JSON.stringify(value, null, 1))).toBe(depthOf(value));
    }),
  );
  expect(bracketDepth('"\\\\"[[')).toBe(2);
  expect(bracketDepth('"\\"[[')).toBe(0);
});

test('nanoseconds beyond 2^53 stay whole, and only they become text', () => {
  const text =
    '{"startTimeUnixNano": 1700000000000000001, "x": 1700000000000000001, "s": "\\"startTimeUnixNano\\": 1"}';
  expect(parseJson(text)).toEqual({
    ok: true,
    value: {
      startTimeUnixNano: '1700000000000000001',
      x: 1700000000000000000,
      s: '"startTimeUnixNano": 1',
    },
  });
});

test('one value a line', () => {
  expect(parseJsonLines('{"a":1}\r\n\n[2]\n')).toEqual({ ok: true, values: [{ a: 1 }, [2]], lines: [1, 3] });
  expect(parseJsonLines('{"a":1}\n{"b":')).toEqual({ ok: false, at: 13, reason: 'the file ends too early' });
  expect(parseJsonLines('{\n}')).toBeNull();
});
