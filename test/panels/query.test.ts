import { describe, expect, it } from 'vitest';
import { emptyBoard } from '../../src/graph/index.ts';
import {
  choicesOf,
  draftOf,
  newDraft,
  ofWords,
  placeholdersOf,
  queryOf,
} from '../../src/panels/sources/query.ts';

const cart = { type: 'node', id: 'c' } as const;
const board = {
  ...emptyBoard('b'),
  nodes: { c: { id: 'c', name: 'cart', kind: 'service' as const, position: [0, 0] as [number, number] } },
};
const good = { ...newDraft(cart), name: 'requests', query: 'rate(requests{job="$name"}[$window])' };
const faultOf = (draft: typeof good) => {
  const checked = queryOf(draft);
  return checked.ok ? null : checked.fault;
};

describe('a question of one’s own', () => {
  it('is kept as it was written, and read back', () => {
    const made = queryOf({ ...good, scale: '1000', instance: 'pod' });
    expect(made).toEqual({
      ok: true,
      value: {
        ...{ name: 'requests', metric: 'rate', query: good.query, of: cart },
        ...{ scale: 1000, instance: 'pod' },
      },
    });
    if (made.ok) expect(queryOf(draftOf(made.value))).toEqual(made);
    const byLabels = { ...newDraft(null), name: 'x', query: 'x' };
    expect(queryOf(byLabels)).toMatchObject({ value: { of: { node: 'job' } } });
  });

  it.each([
    [{ name: ' ' }, /name/],
    [{ query: '' }, /PromQL/],
    [{ query: 'rate(x[$interval])' }, /\$interval stands for nothing.*\$window, \$name/],
    [{ query: 'x{client="$source"}' }, /\$source stands for nothing/],
    [{ scale: 'much' }, /a number/],
    [{ instance: 'a-b' }, /no label/],
  ])('is refused in words: %o', (fields, words) => expect(faultOf({ ...good, ...fields })).toMatch(words));

  it('needs the labels that name whom it speaks of', () => {
    const draft = { ...newDraft(null), name: 'x', query: 'x', node: ' ' };
    expect(faultOf(draft)).toMatch(/which label/);
    expect(placeholdersOf(draft)).toEqual(['$window']);
    expect(placeholdersOf({ ...draft, of: 'edge:e' })).toEqual(['$window', '$source', '$target']);
  });

  it('offers what is selected, what it spoke of, and labels', () => {
    expect(choicesOf(board, newDraft(cart), cart).map(([, words]) => words)).toEqual([
      'cart (selected)',
      'the part that a label names',
      'the edge that two labels name',
    ]);
    expect(ofWords(board, { name: '', metric: 'rate', query: '', of: cart })).toBe('cart');
  });
});
