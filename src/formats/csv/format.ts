/** Tables of edges, of nodes and of readings, as text with commas, semicolons or tabs (RFC 4180). */
import { createGraph, titleOf } from '../build.ts';
import { type Format, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { headerOf, withoutComments } from './columns.ts';
import { withMarks } from './marks.ts';
import { csvText, delimiterOf, type Row, rowsIn } from './records.ts';
import { readTable, type Shape, shapeOfTable, withoutSecrets } from './table.ts';
import { edgesTable, nodesTable, readingsTable, type Table } from './write.ts';

/** So much of a file is enough to see what it is. */
const GLANCE = 20_000;

const isPlain = (opened: Opened): opened is Opened & { type: 'text' } =>
  opened.type === 'text' && !opened.notJson && !opened.isNamedSketch;

/** A cell that is cut off, or never closed: the rows before it tell. */
function shapeOfText(text: string, file: string): Shape | null {
  const glance = text.length <= GLANCE ? text : text.slice(0, text.lastIndexOf('\n', GLANCE) + 1);
  const found = rowsIn(glance, delimiterOf(text));
  return shapeOfTable(withoutComments(found.ok ? found.rows : found.before), file);
}

function readCsv(text: string, file: string, context: ReadContext): Read {
  const found = rowsIn(text);
  if (!found.ok) return refuse(file, found.path, found.reason);
  const rows = withoutComments(found.rows);
  const shape = shapeOfTable(rows, file) ?? shapeOfText(text, file);
  if (shape) return readRows(rows, shape, { format: CSV.id, file }, context);
  return refuse(
    file,
    '1:1',
    'states no edges: the first line must name the columns, two of them source and target, or name and kind',
  );
}

type Of = { format: string; file: string };

function readRows(rows: readonly Row[], shape: Shape, { format, file }: Of, context: ReadContext): Read {
  const graph = createGraph({ newId: context.newId, file });
  const [plain = []] = withoutSecrets([rows], graph);
  const marks = readTable(plain, shape, graph);
  const read = graph.read(format, titleOf(file, 'Table'), { placed: headerOf(rows[0]!.cells).at.has('x') });
  return withMarks(read, marks, file, context);
}

const textOf = ({ header, rows }: Table) => csvText([header, ...rows]);

export const CSV: Format = {
  id: 'csv',
  name: 'CSV edge list',
  suffixes: ['.csv', '.tsv'],
  reads:
    'A table with the columns source and target (also from/to, caller/callee, parent/child, service/depends on) and, if it likes, kind, protocol, operations, description, and figures whose unit is said (p95 ms, rps, error %); or of nodes, with name and kind; or a matrix of who calls whom. Commas, semicolons or tabs; quotes as in RFC 4180.',
  writes: 'One line for each edge.',
  keeps: ['names', 'kinds', 'edges', 'edge kinds', 'protocols', 'operations', 'marks'],
  loses:
    'parts without edges, marks on parts, groups, places, notes, settings, evidence, snapshots, experiments and sources',
  mediaType: 'text/csv',
  recognises: (opened, file) => isPlain(opened) && shapeOfText(opened.text, file) !== null,
  read: (opened, file, context) =>
    isPlain(opened) ? readCsv(opened.text, file, context) : refuse(file, '', 'is no table'),
  write: (board) => textOf(edgesTable(board)),
};

export const CSV_NODES: Format = {
  id: 'csv-nodes',
  name: 'CSV of nodes',
  // The reader of tables tells them apart.
  suffixes: [],
  suffix: '.nodes.csv',
  writes: 'One line for each part.',
  keeps: ['names', 'kinds', 'technologies', 'instances', 'descriptions', 'links', 'groups', 'places'],
  loses: 'edges, notes, settings, evidence, snapshots, experiments and sources',
  mediaType: 'text/csv',
  recognises: () => false,
  write: (board) => textOf(nodesTable(board)),
};

export const CSV_READINGS: Format = {
  id: 'csv-readings',
  name: 'CSV of readings',
  suffixes: [],
  suffix: '.readings.csv',
  writes: 'One line for each figure in the snapshots of the board; of a histogram one for each bucket.',
  loses: 'everything but these figures',
  mediaType: 'text/csv',
  recognises: () => false,
  write: (board) => textOf(readingsTable(board)),
};
