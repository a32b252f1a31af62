/** Structurizr: its DSL, with the files that it includes and extends, and its workspaces as JSON. */
import { boardOf, readDrawing } from '../diagram/drawing.ts';
import { joinPages, type Page, type Piece, pageOf, pathFrom } from '../diagram/pages.ts';
import { scanOf } from '../diagram/scan.ts';
import { type Format, type OpenedFile, type Read, type ReadContext, refuse } from '../format.ts';
import { joinReads } from '../join.ts';
import { parseDsl } from './dsl.ts';
import { isWorkspace, parseJsonWorkspace } from './json.ts';
import { writeStructurizr } from './write.ts';

const BLANK = /\s+|\/\/[^\n]*|#[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/|![a-z]+[ \t][^\n]*/iy;
const WORKSPACE = /workspace(?:[ \t][^\n{]*)?\{/iy;

/** A workspace, after comments and directives. */
function isDsl(text: string): boolean {
  const scan = scanOf(text);
  while (scan.take(BLANK));
  return scan.looksAt(WORKSPACE);
}

const REFERENCE = /^[ \t]*(?:!include[ \t]+|workspace[ \t]+extends[ \t]+)"?([^\s"{]+)"?[^\n]*$/gim;

/** Files that take in each other, deep; a ring is deeper. */
const DEEPEST = 16;
/** Pieces of files that one may be put together of. */
const MOST_PIECES = 2000;

function readMany(own: readonly OpenedFile[], beside: readonly OpenedFile[], context: ReadContext): Read {
  const pages = new Map(
    [...own, ...beside].flatMap(({ file, opened }) =>
      opened.type === 'text' ? [[pathFrom('', file), pageOf(file, opened.text)] as const] : [],
    ),
  );
  const taken = new Set<Page>();
  for (const page of pages.values())
    for (const [, found] of referencesIn(page, pages)) for (const inside of found) taken.add(inside);
  const roots = own.filter(({ file }) => !taken.has(pages.get(pathFrom('', file))!));
  const used = [...taken].map(({ file }) => file).filter((file) => beside.some((each) => each.file === file));
  const reads = (roots.length > 0 ? roots : own).map(({ file, opened }) => {
    const page = pages.get(pathFrom('', file));
    return { files: [file], read: page ? readDsl(page, pages, context) : readJson(opened, file, context) };
  });
  const read = joinReads(reads, own[0]!.file, context);
  return read.ok && used.length > 0 ? { ...read, beside: used } : read;
}

/** Where a page takes others in, and those that are here: a file, or all of a folder. */
function referencesIn(page: Page, pages: ReadonlyMap<string, Page>): [RegExpExecArray, Page[]][] {
  return [...page.text.matchAll(REFERENCE)].map((match) => {
    const path = pathFrom(page.file, match[1]!).replace(/\/$/, '');
    const own = pages.get(path);
    const inFolder = [...pages].filter(([each]) => each.startsWith(`${path}/`) && each.endsWith('.dsl'));
    return [match, own ? [own] : inFolder.map(([, inside]) => inside)];
  });
}

function readDsl(page: Page, pages: ReadonlyMap<string, Page>, context: ReadContext): Read {
  const pieces: Piece[] = [];
  const open = new Set<Page>();
  let isWhole = true;
  const add = (from: Page): void => {
    open.add(from);
    let start = 0;
    for (const [match, found] of referencesIn(from, pages)) {
      isWhole &&= found.length > 0;
      const fresh = found.filter((inside) => !open.has(inside));
      if (fresh.length === 0 || open.size > DEEPEST || pieces.length > MOST_PIECES) continue;
      // What extends another stands after it; what includes another stands around it.
      const length = /^\s*!/.test(match[0]) ? match[0].length : 0;
      pieces.push({ page: from, start, text: from.text.slice(start, match.index) });
      for (const inside of fresh) {
        add(inside);
        // the line after it must not go on where the file ends
        pieces.push({ page: from, start: match.index, text: '\n' });
      }
      start = match.index + length;
    }
    pieces.push({ page: from, start, text: from.text.slice(start) });
    open.delete(from);
  };
  add(page);
  const { text, placeOf } = joinPages(pieces);
  return readDrawing({ text, placeOf, format: STRUCTURIZR.id, file: page.file, context }, () =>
    parseDsl(text, isWhole),
  );
}

function readJson(opened: OpenedFile['opened'], file: string, context: ReadContext): Read {
  const value = opened.type === 'json' ? opened.values[0] : null;
  if (!isWorkspace(value)) return refuse(file, '', 'is no workspace of Structurizr’s');
  const { drawing, paths } = parseJsonWorkspace(value);
  return boardOf(drawing, {
    ...{ format: STRUCTURIZR.id, file, context },
    originOf: (at) => ({ at: paths[at]! }),
  });
}

export const STRUCTURIZR: Format = {
  id: 'structurizr',
  name: 'Structurizr',
  suffixes: ['.dsl'],
  reads:
    'DSL, with the files that it includes or extends where they are given along, and workspaces as JSON. The innermost elements are parts, those around them groups; deployments and implied relations are left out.',
  writes: 'DSL: people for clients, software systems for all else, with a tag that says the kind.',
  keeps: [
    ...(['names', 'kinds', 'technologies', 'descriptions'] as const),
    ...(['edges', 'edge kinds', 'operations', 'protocols', 'groups'] as const),
  ],
  loses:
    'places, instances, all links of a part but its first, telemetry names, config, descriptions of edges, notes, marks, figures, snapshots, experiments and sources; parts of one name get numbers',
  recognises: (opened) => {
    if (opened.type === 'json') return opened.values.length === 1 && isWorkspace(opened.values[0]);
    return opened.type === 'text' && !opened.notJson && isDsl(opened.text);
  },
  readMany,
  write: writeStructurizr,
};
