import { expect, it } from 'vitest';
import { originLines } from '../../src/panels/origin-words.ts';

it('tells where something is from, the surest first', () => {
  const lines = originLines(
    [
      { how: 'inferred', from: 'compose.yaml', at: 'line 31' },
      { how: 'stated', from: 'compose.yaml', at: 'line 12' },
      { how: 'stated', from: 'shop.json', at: 'elements.nodes.3' },
      { how: 'observed', from: 'trace.json' },
    ],
    10,
  );
  expect(lines).toEqual([
    'observed in traffic (trace.json)',
    'stated in compose.yaml:12',
    'stated in shop.json, elements.nodes.3',
    'inferred from configuration (compose.yaml:31)',
  ]);
});

it('counts what is more than there is room for', () => {
  const origins = Array.from({ length: 9 }, (_, i) => ({ how: 'stated' as const, from: `${i}.yaml` }));
  expect(originLines(origins, 3)).toEqual([
    'stated in 0.yaml',
    'stated in 1.yaml',
    'stated in 2.yaml',
    'and 6 more',
  ]);
});
