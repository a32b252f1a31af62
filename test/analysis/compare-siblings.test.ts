import { describe, expect, it } from 'vitest';
import { instanceFindings, instanceSentence } from '../../src/analysis/index.ts';
import { emptyBoard, type Reading } from '../../src/graph/index.ts';
import { DISTRIBUTIONS, draw, newSeed, uniformFrom } from './chance.ts';
import { reading, snapshot } from './reading.ts';

const seed = newSeed();
const uniform = uniformFrom(seed);
const board = {
  ...emptyBoard('b'),
  nodes: {
    a: { id: 'a', kind: 'service' as const, name: 'edge', position: [0, 0] as [number, number] },
    b: {
      id: 'b',
      kind: 'service' as const,
      name: 'catalog',
      position: [9, 0] as [number, number],
      instances: 3,
    },
  },
  edges: { e: { id: 'e', source: 'a', target: 'b', kind: 'call' as const } },
};
const podsOf = (n: number, scales: readonly number[]): Reading[] =>
  scales.map((scale, i) =>
    reading({
      instance: `catalog-${i + 1}`,
      side: 'callee',
      value: { type: 'samples', values: [...draw(DISTRIBUTIONS.exponential!, uniform, n, scale)] },
    }),
  );
/** So many measured that chance hardly moves them. */
const pods = (...scales: number[]) => podsOf(4000, scales);
const told = (readings: Reading[]) =>
  instanceFindings(board, null, snapshot(readings)).map((each) =>
    each.kind === 'instance differs' ? [each.instance, each.change] : [each.kind],
  );

describe('instances', () => {
  it('that differ from their siblings are named, and only they', () => {
    expect(told(pods(1, 4, 1)), `seed ${seed}`).toEqual([['catalog-2', 'slower']]);
    expect(told(pods(1, 1, 0.2, 1)), `seed ${seed}`).toEqual([['catalog-3', 'faster']]);
    expect(told(pods(1, 5)), `seed ${seed}`).toEqual([['catalog-2', 'slower']]);
  });

  it('that are alike are hardly ever called different', () => {
    let wrong = 0;
    for (let i = 0; i < 200; i++) if (told(podsOf(500, [1, 1, 1, 1])).length > 0) wrong++;
    expect(wrong / 200, `seed ${seed}`).toBeLessThan(0.05);
  });

  it('measured together are asked to be measured alone', () => {
    const [found] = instanceFindings(board, null, snapshot([reading({})]));
    expect(found).toMatchObject({ kind: 'measured together', instances: 3 });
    expect(instanceSentence(board, found!)).toBe(
      'edge → catalog: 3 instances measured together. Performance is per instance: measure with one, or have the source tell them apart.',
    );
    expect(told([reading({}), ...pods(1)])).toEqual([]);
  });

  it('whose number alone moved a figure are told', () => {
    const rates = (n: number) => [
      reading({ metric: 'rate', value: 10 * n, instances: n }),
      ...Array.from({ length: n }, (_, i) =>
        reading({ metric: 'rate', value: 10, instance: `catalog-${i}` }),
      ),
    ];
    const [found] = instanceFindings(board, snapshot(rates(2)), snapshot(rates(4)));
    expect(instanceSentence(board, found!)).toBe(
      'edge → catalog: Rate ↑2× only because there are 4 instances now and 2 before: each of them is as it was.',
    );
  });

  it('are said in a sentence, with the interval', () => {
    const [found] = instanceFindings(board, null, snapshot(pods(1, 9, 1)));
    expect(instanceSentence(board, found!)).toMatch(
      /^edge → catalog: catalog-2 is slower than catalog-[13], the middle one of 3: p95 [\d.]+× \(95 % interval [\d.]+–[\d.]+×\)\.$/,
    );
  });
});
