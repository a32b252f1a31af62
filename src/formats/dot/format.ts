/** Graphviz DOT, alone, inside of PlantUML or in a Markdown page. */

import { readDrawing } from '../diagram/drawing.ts';
import { fencedIn } from '../diagram/fence.ts';
import { scanOf, withLineFeeds } from '../diagram/scan.ts';
import { type Format, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { parseDot } from './parse.ts';
import { writeDot } from './write.ts';

const GRAPH = /[ \t]*(?:strict\s+)?(?:di)?graph(?:\s+(?:[\p{L}\p{N}_.-]+|"[^"\n]*"))?\s*\{/iuy;
const COMMENT = /\s+|\/\/[^\n]*|#[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//y;
const PLANT_UML = /@start(?:uml|dot)\b/y;
const GRAPH_IN_LINE = new RegExp(`^${GRAPH.source}`, 'imu');

/** Where the graph begins: after comments, or in PlantUML, which says some things of its own before it. */
function bodyOf(text: string): number | null {
  const scan = scanOf(text);
  while (scan.take(COMMENT));
  if (scan.looksAt(PLANT_UML)) {
    const found = GRAPH_IN_LINE.exec(text.slice(scan.at(), scan.at() + LONGEST_PRELUDE));
    return found ? scan.at() + found.index + /^\s*/.exec(found[0])![0].length : null;
  }
  return scan.looksAt(GRAPH) ? scan.at() : null;
}
/** Characters before a graph in PlantUML. */
const LONGEST_PRELUDE = 20_000;

const FENCES = ['dot', 'graphviz', 'digraph'];

/** The first of a page, or all that is there. */
function sourceIn(all: string): string {
  const text = withLineFeeds(all);
  return fencedIn(text, FENCES) ?? text;
}

function readDot(opened: Opened, file: string, context: ReadContext): Read {
  if (opened.type !== 'text') return refuse(file, '', 'is not text');
  const text = sourceIn(opened.text);
  const body = bodyOf(text) ?? /^\s*/.exec(text)![0].length;
  return readDrawing({ text, format: DOT.id, file, context }, () => parseDot(text, body));
}

export const DOT: Format = {
  id: 'dot',
  name: 'Graphviz DOT',
  suffixes: ['.dot', '.gv'],
  reads:
    'Directed and undirected graphs, clusters as groups, also inside of PlantUML and the first of a Markdown page. Kinds come from classes, shapes, stereotypes and names.',
  writes: 'A directed graph with clusters; a class on every node says its kind.',
  keeps: [
    ...(['names', 'kinds', 'technologies', 'instances', 'descriptions'] as const),
    ...(['edges', 'edge kinds', 'operations', 'protocols', 'groups'] as const),
  ],
  loses:
    'places, all links of a part but its first, telemetry names, config, notes, marks, figures, snapshots, experiments and sources; of several edges of one kind between two parts one is left',
  mediaType: 'text/vnd.graphviz',
  recognises: (opened) => opened.type === 'text' && !opened.notJson && bodyOf(sourceIn(opened.text)) !== null,
  read: readDot,
  write: writeDot,
};
