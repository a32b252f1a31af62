/** What is shown of a sketch while it is typed. */
import { expect, test } from 'vitest';
import { createSketcher } from '../../src/app/sketcher.ts';
import { emptyBoard } from '../../src/graph/index.ts';

/** The parts and the number of edges of the ghost. */
function ghostOf(text: string): string {
  let ids = 0;
  const sketcher = createSketcher(
    () => `id${ids++}`,
    () => 0,
  );
  const { ghost } = sketcher.read(emptyBoard('board'), text, [0, 0]);
  const names = Object.values(ghost.nodes?.added ?? {}).map(({ name }) => name);
  return `${names.join(' ')} ${Object.keys(ghost.edges?.added ?? {}).length}`;
}

test('typed character by character, what was finished stays', () => {
  const text = 'a -> b -gRPC-> c';
  const seen = Array.from(text, (_, i) => ghostOf(text.slice(0, i + 1)));
  expect([...new Set(seen)]).toEqual(['a 0', 'a b 1', 'a b c 2']);
});

test.each([
  ['a -> b;', 'a b 1'],
  ['a -> b; c -', 'a b c 1'],
  ['a -> b\nb -> c =', 'a b c 2'],
  ['a -> b: ', 'a b 1'],
])('%j shows %s', (text, ghost) => expect(ghostOf(text)).toBe(ghost));

test('what is wrong before the end shows no more than is right', () => {
  expect(ghostOf('a -; b -> c')).toBe('b c 1');
  expect(ghostOf('a -')).toBe('a 0');
});
