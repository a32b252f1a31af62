/** What is written in a syntax is read back from it, whatever the values; and no text makes a reader throw or hang. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readConfig } from '../../src/formats/index.ts';
import { isSecret, withoutCredentials } from '../../src/formats/secrets.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const dotted = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
/** What the reader keeps as it is: no secret, nothing with credentials, no options for Java. */
const isKept = (key: string, value: string) =>
  !isSecret(key, value) && withoutCredentials(value) === value && !/(^|\s)-[XD]/.test(value);
const plain = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .filter((text) => text.trim() === text && !text.includes('\0'));
const oneLine = plain.filter((text) => !/[\n\r\v\f\u2028\u2029\u0085]/.test(text));
const valuesOf = (key: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
  fc
    .dictionary(key, value, { minKeys: 1, maxKeys: 8, noNullPrototype: true })
    .filter((values) => Object.entries(values).every(([name, text]) => isKept(name, text)));
const lines = (values: Record<string, string>, line: (key: string, value: string) => string) =>
  Object.entries(values)
    .map(([key, value]) => line(key, value))
    .join('\n');

const toJava = (text: string) =>
  [...text]
    .map((c) => (/[\\=:#! ]/.test(c) ? `\\${c}` : /[\n\r\t\f]/.test(c) ? JSON.stringify(c).slice(1, -1) : c))
    .join('');
const quoted = (text: string) => `"${text.replace(/[\\"]/g, (c) => (c === '"' ? '\\"' : c))}"`;

describe('what is written is read', () => {
  const keeps = <T extends Record<string, string>>(
    values: fc.Arbitrary<T>,
    write: (values: T) => string,
    name: string,
  ) =>
    fc.assert(
      fc.property(values, (given) => {
        expect(readConfig(write(given), name)).toMatchObject({ values: given, faults: [] });
      }),
    );

  test('.properties', () => {
    const value = plain.filter((text) => !/[\v\u2028\u2029\u0085]/.test(text));
    keeps(
      valuesOf(dotted, value),
      (all) => lines(all, (key, text) => `${toJava(key)}=${toJava(text)}`),
      'a.properties',
    );
  });

  test('environment files, quoted', () => {
    const value = plain.filter((text) => !/[\\\r"]/.test(text));
    keeps(valuesOf(word, value), (all) => lines(all, (key, text) => `${key}=${quoted(text)}`), 'a.env');
  });

  test('.conf, quoted', () => {
    const value = oneLine.filter((text) => !/[\\']/.test(text));
    keeps(valuesOf(dotted, value), (all) => lines(all, (key, text) => `${key} = '${text}'`), 'a.conf');
  });

  test('.ini', () => {
    const value = oneLine.filter((text) => !/["'#;\\]/.test(text));
    const sections = valuesOf(
      fc.tuple(word, word).map(([a, b]) => `s${a}.${b}`),
      value,
    );
    const write = (all: Record<string, string>) =>
      lines(all, (key, text) => `[${key.split('.')[0]}]\n${key.split('.')[1]}=${text}`);
    keeps(sections, write, 'a.ini');
  });

  test('nginx.conf', () => {
    const value = oneLine.filter((text) => text !== '' && !/["\\]|\s\s/.test(text));
    const directive = word.map((name) => `x_${name}`);
    keeps(
      valuesOf(directive, value),
      (all) => `http {\n${lines(all, (key, text) => `${key} "${text}";`)}\n}`,
      'nginx.conf',
    );
  });

  test('haproxy.cfg', () => {
    const timeouts = valuesOf(
      word.map((name) => `timeout ${name}`),
      fc.nat().map((n) => `${n}ms`),
    );
    keeps(timeouts, (all) => `defaults\n${lines(all, (key, text) => `  ${key} ${text}`)}`, 'haproxy.cfg');
  });

  test('YAML and JSON', () => {
    const values = valuesOf(dotted, plain).filter((all) =>
      Object.keys(all).every((key) => !['services', 'env', 'image'].includes(key.split('.')[0]!)),
    );
    keeps(values, (all) => stringify(all), 'a.yaml');
    keeps(values, (all) => JSON.stringify(all, null, 2), 'a.json');
  });

  test('command lines', () => {
    const value = plain.filter((text) => !/['\\]/.test(text));
    keeps(
      valuesOf(dotted, value),
      (all) => `app ${lines(all, (key, text) => `--${key}='${text}'`)}`,
      'jvm.options',
    );
  });
});

const FIXTURES = join(import.meta.dirname, '../fixtures/config');
const fixtures = readdirSync(FIXTURES).map(
  (name) => [name, readFileSync(join(FIXTURES, name), 'utf8')] as const,
);

test('cut, mixed and damaged files are read or refused with lines that are there, and never with a secret', () => {
  const edits = fc.array(
    fc.record({ at: fc.nat(), cut: fc.nat({ max: 20 }), put: fc.string({ unit: 'binary', maxLength: 5 }) }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...fixtures), edits, fc.boolean(), ([name, text], changes, isNamed) => {
      const damaged = changes.reduce((now, { at, cut, put }) => {
        const from = at % (now.length + 1);
        return now.slice(0, from) + put + now.slice(from + cut);
      }, text);
      const { values, faults } = readConfig(damaged, isNamed ? name : '');
      const count = damaged.split(/\r\n|\r|\n/).length;
      for (const { line, reason } of faults) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(count);
        expect(reason).not.toMatch(/undefined|NaN/);
      }
      for (const value of Object.values(values)) expect(typeof value).toBe('string');
    }),
    { numRuns: 500 },
  );
});

test('hostile texts take no time to speak of', () => {
  const long = 50_000;
  for (const piece of [
    'a',
    ' ',
    '\n',
    '"',
    "'",
    '\\',
    '{',
    '}',
    '[',
    ';',
    '=',
    ':',
    '-',
    '- ',
    '--a ',
    'a:',
    'a=',
    '$',
    '#',
    '&a ',
    '*a ',
    'A="\n',
  ])
    for (const name of [
      '',
      'a.properties',
      'a.env',
      'my.cnf',
      'nginx.conf',
      'haproxy.cfg',
      'a.yaml',
      'a.json',
      'a.conf',
      'jvm.options',
    ]) {
      const from = performance.now();
      readConfig(piece.repeat(long / piece.length), name);
      expect(performance.now() - from, `${piece} in ${name}`).toBeLessThan(4000);
    }
});
