import { expect, it } from 'vitest';
import { leftOutOf } from '../../src/app/import-words.ts';
import type { Read } from '../../src/formats/index.ts';
import { emptyBoard } from '../../src/graph/index.ts';

type Good = Extract<Read, { ok: true }>;
const read = (more: Partial<Good>): Good => ({
  ...{ ok: true, format: 'kubernetes', board: emptyBoard('b'), readings: [], repairs: [], whole: false },
  ...more,
});

it('says how much of a file could not be read, why, and what can be taken', () => {
  const fault = { file: 'shop.yaml', path: '7:1', reason: 'must be text' };
  const lost = { count: 1, of: 31, what: 'documents', example: fault } as const;
  expect(leftOutOf('shop.yaml', read({ partial: [fault], lost }))?.text).toBe(
    '1 of 31 documents could not be read: shop.yaml: 7:1: must be text. The other 30 can be taken.',
  );
  const { file: _, ...record } = fault;
  expect(
    leftOutOf('trace.json', read({ lost: { ...lost, of: null, what: 'records', example: record } }))?.text,
  ).toBe('trace.json: 1 record could not be read: 7:1: must be text. The rest can be taken.');
  expect(leftOutOf('compose.yaml', read({ partial: [{ ...fault, file: 'compose.yaml' }] }))?.text).toBe(
    'compose.yaml can’t be read, at 7:1: must be text. The rest of compose.yaml can be taken.',
  );
  expect(leftOutOf('whole.yaml', read({}))).toBeNull();
});
