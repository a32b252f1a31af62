/** docs/defaults.md says what the catalogue holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../../src/analysis/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/defaults.md'), 'utf8');

test('the table of systems is the catalogue’s', () => {
  const row = (name: string, keys: (typeof CATALOGUE)[number]['keys']) => {
    const changed = keys.filter(({ defaults }) => typeof defaults !== 'string' && defaults.length > 1);
    return `| ${name} | ${keys.length} | ${changed.length} |`;
  };
  const rows = [
    ...CATALOGUE.map(({ name, keys }) => row(name, keys)),
    row(
      'all',
      CATALOGUE.flatMap(({ keys }) => keys),
    ),
  ];
  expect(page).toContain(`| --- | --- | --- |\n${rows.join('\n')}\n`);
});

test('the entry that is shown is the catalogue’s', () => {
  const key = CATALOGUE[0]!.keys.find((each) => each.key === 'session.timeout.ms')!;
  expect(page).toContain(`why: '${key.why}'`);
});
