/** Texts that are alike in several languages, and what decides which they are. */
import { expect, test } from 'vitest';
import { FORMATS } from '../../src/formats/index.ts';
import { drop, fixture, opened, refused } from './drop.ts';

const ARROWS = 'web -> api\napi -> db\n';

test.each([
  // The same text is a sketch, and D2 where its name says so.
  ['notes.txt', ARROWS, 'sketch'],
  ['pasted', ARROWS, 'sketch'],
  ['a.sketch', ARROWS, 'sketch'],
  ['a.d2', ARROWS, 'd2'],
  // Content goes before the name.
  ['a.txt', `flowchart LR\n${ARROWS.replaceAll('->', '-->')}`, 'mermaid'],
  ['a.dot', 'graph LR\na --> b', 'mermaid'],
  ['a.mmd', 'graph G { a -- b }', 'dot'],
  ['a.d2', 'digraph { a -> b }', 'dot'],
  ['a.c4', 'workspace "x" {\n model {\n a = person "A"\n }\n}', 'structurizr'],
  ['a.dsl', 'specification { element x }\nmodel { a = x }', 'likec4'],
  ['a.txt', 'a: A {\n  shape: cylinder\n}\nb -> a', 'd2'],
  ['README.md', 'a -> b\n\n```mermaid\ngraph LR\na-->c\n```\n', 'mermaid'],
  ['a.txt', '%% a comment\n\n  sequenceDiagram\nA->>B: hi', 'mermaid'],
  ['a.txt', '# a comment\n// another\nstrict digraph { a -> b }', 'dot'],
  // Words of one language that are names in another.
  ['a.txt', 'graph -> db', 'sketch'],
  ['a.txt', 'model -> workspace\nworkspace -> graph', 'sketch'],
  ['a.txt', 'timeline -> pie', 'sketch'],
  ['a.sketch', 'flowchart\nflowchart -> block', 'sketch'],
  ['a.txt', 'digraph -> subgraph', 'sketch'],
])('%s with %j is read as it is meant', (name, text, format) => {
  expect(opened(name, text).format).toBe(format);
});

test('where nothing but the name tells, the fault is in that format’s words', () => {
  expect(refused('a.mmd', 'something else').reason).toMatch(/does not begin as a diagram of Mermaid’s/);
  expect(refused('a.dot', 'digrph { a -> }').reason).toMatch(/graph or digraph is expected/);
});

test('no other file of ours is taken for a diagram', () => {
  const diagrams = FORMATS.filter(({ id }) => ['mermaid', 'dot', 'structurizr', 'likec4', 'd2'].includes(id));
  for (const name of [
    'shop.nginx.log',
    'shop.envoy.log',
    'shop.haproxy.log',
    'shop.otlp.jsonl',
    'shop.kiali.json',
  ]) {
    const read = drop(name, fixture(name));
    expect(read).toMatchObject({ ok: true });
    expect(diagrams.map(({ id }) => id)).not.toContain(read.ok && read.format);
  }
  const prose = 'To do: {see below}\n- ask -> Ann\nshape: round\n';
  expect(drop('notes.txt', prose)).toMatchObject({ ok: false });
});
