/** docs/sketch.md is run: what its examples promise is what they make. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSketch } from '../../src/formats/index.ts';
import { WORDS } from '../../src/formats/sketch/words.ts';
import { type Board, markOn, type Subject } from '../../src/graph/index.ts';
import { sketched } from './sketching.ts';

const page = readFileSync(new URL('../../docs/sketch.md', import.meta.url), 'utf8');

type Row = Record<string, string>;

/** The tables in a piece of the page, each a list of rows by column. */
function tablesOf(text: string): { columns: string[]; rows: Row[] }[] {
  return [...text.matchAll(/(?:^\|.*\|\n)+/gm)].map(([table]) => {
    const [head, _line, ...rows] = table.trim().split('\n').map(cells);
    return {
      columns: head!,
      rows: rows.map((row) => Object.fromEntries(head!.map((name, i) => [name, row[i]!]))),
    };
  });
}
const cells = (line: string): string[] =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());

const markText = (board: Board, subject: Subject): string => {
  const mark = markOn(board, subject);
  return mark ? [mark.status, mark.hypothesis ?? ''].join(' ').trim() : '';
};

const edgeRows = (board: Board): Row[] =>
  Object.values(board.edges).map(({ id, source, kind, target, protocol, operations }) => ({
    source: board.nodes[source]!.name,
    edge: kind,
    target: board.nodes[target]!.name,
    protocol: protocol ?? '',
    operations: (operations ?? []).map(({ name }) => name).join(', '),
    mark: markText(board, { type: 'edge', id }),
  }));

const nodeRows = (board: Board): Row[] =>
  Object.values(board.nodes).map(({ id, name, kind, technology, instances, group, config }) => ({
    part: name,
    kind,
    technology: technology ?? '',
    instances: String(instances ?? ''),
    group: group === undefined ? '' : board.groups[group]!.name,
    mark: markText(board, { type: 'node', id }),
    config: config
      ? `${[config.system, config.version].filter((each) => each).join(' ')}: ${Object.entries(config.values)
          .map(([key, value]) => `${key}=${value}`)
          .join(' ')}`
      : '',
  }));

const sorted = (rows: Row[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
const only = (rows: Row[], columns: string[]): Row[] =>
  rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]!])));

const examples = page.split('```sketch\n').slice(1);

test('the page has examples', () => expect(examples.length).toBeGreaterThanOrEqual(5));

test.each(examples)('%s', (example) => {
  const [text, rest] = example.split('```\n') as [string, string];
  const { board, faults } = sketched(text);
  expect(faults).toEqual([]);
  const promised = tablesOf(rest.split('\n## ')[0]!).filter(
    ({ columns }) => columns[0] === 'source' || columns[0] === 'part',
  );
  expect(promised.length).toBeGreaterThan(0);
  for (const { columns, rows } of promised) {
    const real = columns[0] === 'source' ? edgeRows(board) : nodeRows(board);
    expect(sorted(only(real, columns))).toEqual(sorted(rows));
  }
});

test('what is wrong is said where it is, in these words', () => {
  const { rows } = tablesOf(page.split('## What is wrong')[1]!)[0]!;
  expect(rows.length).toBeGreaterThan(5);
  for (const { text, at, says } of rows) {
    const parsed = parseSketch(text!.slice(1, -1));
    if (parsed.ok) expect.unreachable(`${text} has no fault`);
    const { faults } = parsed as Extract<typeof parsed, { ok: false }>;
    expect(faults, text).toHaveLength(1);
    expect(`${faults[0]!.line}:${faults[0]!.column}`, text).toBe(at);
    expect(faults[0]!.reason).toContain(says);
  }
});

test('every technology of the list is understood, and none is missing from it', () => {
  const { rows } = tablesOf(page.split('## Technologies')[1]!)[0]!;
  const words = rows.flatMap(({ word, kind, technology }) =>
    word!.split(', ').map((each) => ({ word: each.slice(1, -1), kind, technology })),
  );
  const known = [...WORDS].filter(([, { technology }]) => technology).map(([word]) => word);
  expect(words.map(({ word }) => word).sort()).toEqual(known.sort());
  for (const { word, kind, technology } of words)
    expect(nodeRows(sketched(`${word}:it`).board)[0], word).toMatchObject({ part: 'it', kind, technology });
});
