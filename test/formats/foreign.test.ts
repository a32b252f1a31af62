/**
 * Files as people and programs write them, and what a person who looks at each would say of it: its format, its parts,
 * who calls whom. One file of words for each (test/fixtures/says).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hops, opened, parts } from './drop.ts';

const folder = (name: string) => new URL(`../fixtures/${name}/`, import.meta.url);
const FILES = readdirSync(folder('foreign'));

test('somebody has said of every file what it says', () => {
  expect(readdirSync(folder('says')).sort()).toEqual(FILES.map((file) => `${file}.txt`).sort());
  expect(FILES.length).toBeGreaterThanOrEqual(60);
});

test.each(FILES)('%s', (file) => {
  const found = opened(file, new Uint8Array(readFileSync(new URL(file, folder('foreign')))));
  const said = readFileSync(new URL(`${file}.txt`, folder('says')), 'utf8');
  expect([found.format, ...parts(found), ...hops(found)].map((line) => line.replaceAll('\n', ' '))).toEqual(
    said.trimEnd().split('\n'),
  );
});

test.each(FILES)('each edge of %s says where it is from', (file) => {
  const bytes = new Uint8Array(readFileSync(new URL(file, folder('foreign'))));
  const { board } = opened(file, bytes);
  const lines = new TextDecoder().decode(bytes).split('\n').length;
  for (const { origins = [] } of Object.values(board.edges)) {
    expect(origins.length).toBeGreaterThan(0);
    for (const { how, from, at } of origins) {
      expect(from).toBe(file);
      if (how !== 'observed') expect(at).toMatch(/^(?:line \d+|diagram \d+ \d+:\d+|\d+:\d+$|[a-zA-Z]\S*$)/);
      const line = Number(/^line (\d+)/.exec(at ?? '')?.[1] ?? 1);
      expect(line).toBeLessThanOrEqual(lines);
    }
  }
});
