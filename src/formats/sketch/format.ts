/** A sketch as a file: any text that is one and draws an arrow. */
import { applyPatch, type Board, emptyBoard, normaliseName, type Origin } from '../../graph/index.ts';
import { titleOf } from '../build.ts';
import { type Format, type Read, type ReadContext, refuse } from '../format.ts';
import { sketchPatch } from './apply.ts';
import { type ParsedSketch, parseSketch } from './parse.ts';
import type { Statement } from './statement.ts';
import { writeSketch } from './write.ts';

const drawsAnArrow = ({ ok, statements }: ParsedSketch): boolean =>
  ok && statements.some(({ edges }) => edges.length > 0);

/** False for text with a lone `>` at most, as in much that is no sketch: p95 > 200 ms, Settings > Network. */
export const hasWholeArrow = (text: string): boolean => /[-=?]>|<[-=]|[→⇒←]/.test(text);

function readSketch(text: string, file: string, context: ReadContext): Read {
  const parsed = parseSketch(text);
  const place = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;
  if (!parsed.ok)
    return {
      ok: false,
      faults: parsed.faults.map((fault) => ({ file, path: place(fault), reason: fault.reason })),
    };
  if (parsed.statements.length === 0) return refuse(file, '', 'is a sketch of nothing');
  const empty = emptyBoard(context.newId(), titleOf(file, 'Sketch'));
  const { patch, faults } = sketchPatch(empty, parsed.statements, context);
  return {
    ok: true,
    format: SKETCH.id,
    board: told(applyPatch(empty, patch).board, parsed.statements, file),
    readings: [],
    repairs: faults.map((fault) => ({ path: place(fault), reason: fault.reason })),
    whole: true,
  };
}

/** Each edge with the file that draws it, and the line in which it first does. */
function told(board: Board, statements: readonly Statement[], file: string): Board {
  const lines = new Map<string, number>();
  const keyOf = (source: { name: string }, target: { name: string }) =>
    JSON.stringify([normaliseName(source.name), normaliseName(target.name)]);
  for (const { source, target } of statements.flatMap(({ edges }) => edges)) {
    const key = keyOf(source, target);
    if (!lines.has(key)) lines.set(key, target.at.line);
  }
  const { nodes } = board;
  const edges = Object.values(board.edges).map((edge): [string, Board['edges'][string]] => {
    const line = lines.get(keyOf(nodes[edge.source]!, nodes[edge.target]!));
    const origin: Origin = { how: 'stated', from: file.slice(0, 400), ...(line && { at: `line ${line}` }) };
    return [edge.id, { ...edge, origins: [origin] }];
  });
  return { ...board, edges: Object.fromEntries(edges) };
}

export const SKETCH: Format = {
  id: 'sketch',
  name: 'Sketch text',
  suffixes: ['.sketch', '.txt'],
  reads: 'The language that the command bar takes: `shop -> catalog, checkout -> postgres` (docs/sketch.md).',
  writes: 'The same, from where traffic enters.',
  keeps: [
    'names',
    'kinds',
    'technologies',
    'instances',
    'config',
    'edges',
    'edge kinds',
    'operations',
    'groups',
    'marks',
  ],
  recognises: (opened) =>
    opened.type === 'text' &&
    !opened.notJson &&
    (opened.isNamedSketch || (hasWholeArrow(opened.text) && drawsAnArrow(parseSketch(opened.text)))),
  read: (opened, file, context) =>
    opened.type === 'text' ? readSketch(opened.text, file, context) : refuse(file, '', 'is not text'),
  write: writeSketch,
  loses: 'places, notes, descriptions, links, evidence, snapshots, experiments and sources',
};
