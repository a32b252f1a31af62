/** Tables in Markdown (GitHub's): parts and edges for a document or a ticket; and such tables read again. */
import type { Board } from '../../graph/index.ts';
import { createGraph, titleOf } from '../build.ts';
import { withMarks } from '../csv/marks.ts';
import { readTable, shapeOfTable, withoutSecrets } from '../csv/table.ts';
import { edgesTable, nodesTable, type Table } from '../csv/write.ts';
import { type Format, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { MOST, megabytes } from '../limits.ts';
import { plainCell, tablesIn, writtenCell } from './tables.ts';

/** A table of pairs or numbers in a document is about something else. */
const graphTables = (text: string) =>
  tablesIn(text).flatMap((rows) => {
    const shape = shapeOfTable(rows, '');
    return shape === 'edges' || shape === 'nodes' ? [{ rows, shape }] : [];
  });

/** So much of a file is enough to see what it is. */
const GLANCE = 100_000;

const isPlain = (opened: Opened): opened is Opened & { type: 'text' } =>
  opened.type === 'text' && !opened.notJson && !opened.isNamedSketch;

function readMarkdown(text: string, file: string, context: ReadContext): Read {
  if (text.length > MOST.diagram)
    return refuse(file, '', `is ${megabytes(text.length)}; up to ${megabytes(MOST.diagram)} can be read`);
  const tables = graphTables(text);
  if (tables.length === 0)
    return refuse(file, '1:1', 'holds no table with the columns source and target, or name and kind');
  const graph = createGraph({ newId: context.newId, file });
  // Parts first: what is said of an end is said there.
  const sorted = [...tables].sort((a, b) => Number(a.shape === 'edges') - Number(b.shape === 'edges'));
  const plain = withoutSecrets(
    sorted.map(({ rows }) => rows),
    graph,
  );
  const marks = sorted.flatMap(({ shape }, i) => readTable(plain[i]!, shape, graph));
  const heading = /^#[ \t]+(.+?)[ \t#]*$/m.exec(text.slice(0, GLANCE))?.[1];
  const read = graph.read(MARKDOWN.id, heading ? plainCell(heading) : titleOf(file, 'Tables'));
  return withMarks(read, marks, file, context);
}

/** Columns that say nothing are left out, but for those that make the table what it is. */
function tableText({ header, rows }: Table, without: readonly string[] = []): string {
  const shown = header.flatMap((name, i) => {
    const isNeeded = ['name', 'kind', 'source', 'target'].includes(name);
    return without.includes(name) || (!isNeeded && rows.every((row) => row[i] === '')) ? [] : [i];
  });
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`;
  const title = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  return [
    line(shown.map((i) => title(header[i]!))),
    line(shown.map(() => '---')),
    ...rows.map((row) => line(shown.map((i) => writtenCell(String(row[i]!))))),
  ].join('');
}

function writeMarkdown(board: Board): string {
  const names = Object.values(board.nodes).map(({ name }) => name.trim());
  const kinds = new Set(names).size === names.length ? ['source kind', 'target kind'] : [];
  const notes = Object.values(board.notes).map(
    ({ text }) => `> ${writtenCell(text).replaceAll('<br>', '\n> ')}\n`,
  );
  return [
    `# ${writtenCell(board.title) || 'Board'}\n`,
    ...(names.length > 0 ? [tableText(nodesTable(board), ['x', 'y', 'names'])] : []),
    ...(Object.keys(board.edges).length > 0 ? [tableText(edgesTable(board), kinds)] : []),
    ...notes,
  ].join('\n');
}

export const MARKDOWN: Format = {
  id: 'markdown',
  name: 'Markdown table',
  suffixes: ['.md', '.markdown'],
  reads: 'Tables whose header has source and target, or a name and a kind, as edge lists have them.',
  writes: 'A table of parts, one of edges, and the notes.',
  keeps: [
    ...(['names', 'kinds', 'technologies', 'instances', 'edges', 'edge kinds'] as const),
    ...(['protocols', 'groups', 'marks'] as const),
  ],
  loses:
    'places, notes as such, telemetry names, settings, evidence, snapshots, experiments, sources and events',
  mediaType: 'text/markdown',
  recognises: (opened) => isPlain(opened) && graphTables(opened.text.slice(0, GLANCE)).length > 0,
  read: (opened, file, context) =>
    isPlain(opened) ? readMarkdown(opened.text, file, context) : refuse(file, '', 'is no text'),
  write: writeMarkdown,
};
