/** How much of several files is read is told while they are read. */

import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readFiles } from '../../src/formats/index.ts';

const encoded = (text: string) => new TextEncoder().encode(text);

it('goes up from nothing to all of a zip, and says so on the way', () => {
  const files = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`part${i}.mmd`, encoded(`flowchart LR\n  a${i} --> b${i}`)]),
  );
  const told: number[] = [];
  let ids = 0;
  const [read] = readFiles([{ name: 'shop.zip', bytes: zipSync(files) }], {
    newId: () => `id${ids++}`,
    now: 0,
    progress: (done) => told.push(done),
  });
  expect(read!.read.ok).toBe(true);
  expect(told[0]).toBe(0);
  expect(told.at(-1)).toBe(1);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.length).toBeGreaterThan(9);
});
