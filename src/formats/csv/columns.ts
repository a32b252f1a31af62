/** What a column of a table is for, by what people and programs write above it. */
import { type FigureColumn, figureColumn } from './figures.ts';
import type { Row } from './records.ts';

export type Column =
  | 'source'
  | 'target'
  | 'name'
  | 'kind'
  | 'protocol'
  | 'operations'
  | 'technology'
  | 'description'
  | 'source kind'
  | 'target kind'
  | 'group'
  | 'instances'
  | 'names'
  | 'id'
  | 'links'
  | 'x'
  | 'y'
  | 'mark'
  | 'hypothesis';

/** The first word of each is the one that is written. */
const WORDS: Readonly<Record<Column, string>> = {
  source:
    'source src from caller parent client start tail sourcename sourceservice sourcenode sourceworkload fromnode fromservice callerservice parentservice parentms producer sourceid',
  target:
    'target dst dest destination to callee child server end head targetname targetservice targetnode destinationservice destinationworkload tonode toservice calleeservice childservice childms consumer dependson dependon dependency dependencies calls callsto uses targetid',
  name: 'name node service component element system application app part label title microservice',
  kind: 'kind type edgekind edgetype nodekind nodetype relation relationship category',
  protocol: 'protocol proto transport',
  operations:
    'operations operation edgelabel endpoint api path route method action message topic interaction childoperation',
  technology: 'technology tech language runtime framework stack engine',
  description: 'description note notes comment comments details remark purpose',
  'source kind': 'sourcekind sourcetype fromkind fromtype callerkind callertype',
  'target kind': 'targetkind targettype destinationkind destinationtype tokind totype calleekind calleetype',
  group: 'group cluster namespace boundary zone domain team layer',
  instances: 'instances replicas count copies',
  names: 'names alias aliases othernames',
  id: 'id nodeid',
  links: 'links link url urls',
  x: 'x left',
  y: 'y top',
  mark: 'mark status',
  hypothesis: 'hypothesis suspicion',
};

const COLUMNS: ReadonlyMap<string, Column> = new Map(
  (Object.entries(WORDS) as [Column, string][]).flatMap(([column, words]) =>
    words.split(' ').map((word) => [word, column] as const),
  ),
);

const ENDS =
  /^(?:(source|src|from|caller)|target|dst|dest|destination|to|callee)(?:service|app|application|name|node|workload|component|system|host|pod|process|ms|id)$/;

/** `SRC_SERVICE`, `Target application` */
function columnOf(word: string): Column | undefined {
  const known = COLUMNS.get(word);
  if (known !== undefined) return known;
  const end = ENDS.exec(word);
  return end ? (end[1] === undefined ? 'target' : 'source') : undefined;
}

export type Header = {
  /** Which cell of a row holds what. */
  at: ReadonlyMap<Column, number>;
  /** The targets are a list in one cell: `depends on`. */
  isList: boolean;
  figures: readonly FigureColumn[];
  /** Columns that are not understood, as they are written. */
  rest: string[];
};

const LISTS = /^(?:depends?on|dependenc(?:y|ies)|calls(?:to)?|uses)$/;

export function headerOf(cells: readonly string[]): Header {
  const at = new Map<Column, number>();
  const rest: string[] = [];
  const figures: FigureColumn[] = [];
  let isList = false;
  for (const [i, cell] of cells.entries()) {
    const word = cell.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    const column = columnOf(word);
    if (column === 'target' && !at.has(column)) isList = LISTS.test(word);
    const figure = column === undefined ? figureColumn(cell, i) : null;
    if (column !== undefined && !at.has(column)) at.set(column, i);
    else if (figure) figures.push(figure);
    else if (cell !== '') rest.push(cell);
  }
  // An arrow's label is called so; and `service, depends on` is an edge list, too.
  const name = at.get('name');
  if (name !== undefined && at.has('target')) {
    if (!at.has('source')) at.set('source', name);
    else if (!at.has('operations')) at.set('operations', name);
    at.delete('name');
  }
  return { at, figures, rest, isList };
}

/** Without the lines of comment before the header; a header may itself be written as one. */
export function withoutComments(rows: readonly Row[]): readonly Row[] {
  const start = rows.findIndex(({ cells }) => !cells[0]!.startsWith('#'));
  const last = rows[(start === -1 ? rows.length : start) - 1];
  if (!last) return rows;
  const [first = '', ...more] = last.cells;
  const header: Row = { ...last, cells: [first.replace(/^#\s*/, ''), ...more] };
  const rest = start === -1 ? [] : rows.slice(start);
  return isEdgeHeader(headerOf(header.cells)) ? [header, ...rest] : rest;
}

export const isEdgeHeader = ({ at }: Header): boolean => at.has('source') && at.has('target');

const OF_NODES: readonly Column[] = ['kind', 'technology', 'group', 'instances', 'id', 'x'];
export const isNodeHeader = (header: Header): boolean =>
  header.at.has('name') && !isEdgeHeader(header) && OF_NODES.some((column) => header.at.has(column));
