/** Mermaid, alone in a file or in a Markdown page: its flowcharts, and what else of it draws systems. */

import { type Drawing, readDrawing, remark } from '../diagram/drawing.ts';
import { type Format, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { MOST } from '../limits.ts';
import { parseArchitecture } from './architecture.ts';
import { parseBlock } from './block.ts';
import { parseC4 } from './c4.ts';
import { parseFlowchart } from './flowchart.ts';
import { parseSequence } from './sequence.ts';
import { type DiagramType, findDiagram } from './source.ts';
import { writeMermaid } from './write.ts';

const PARSERS: Readonly<Record<DiagramType, (text: string, body: number) => Drawing>> = {
  flowchart: parseFlowchart,
  architecture: parseArchitecture,
  c4: parseC4,
  sequence: parseSequence,
  block: parseBlock,
};

const READ_HERE = 'flowcharts, architecture, C4, sequence and block diagrams can be read';

function readMermaid(opened: Opened, file: string, context: ReadContext): Read {
  if (opened.type !== 'text') return refuse(file, '', 'is not text');
  const found = findDiagram(opened.text);
  if (!found) return refuse(file, '1:1', `does not begin as a diagram of Mermaid’s; ${READ_HERE}`);
  if ('other' in found) return refuse(file, '', `is a ${found.other} of Mermaid’s; ${READ_HERE}`);
  const { text, type, title, body, others } = found;
  return readDrawing({ text, format: MERMAID.id, file, context }, () => {
    const drawing = PARSERS[type](text, body);
    drawing.title = title ?? drawing.title;
    remark(drawing, 'other diagrams in the file, left out', others);
    return drawing;
  });
}

/** Enough to know a diagram by; a longer text than can be read is known by its beginning. */
const headOf = (text: string) => (text.length > MOST.diagram ? text.slice(0, 10_000) : text);

export const MERMAID: Format = {
  id: 'mermaid',
  name: 'Mermaid',
  suffixes: ['.mmd', '.mermaid'],
  reads:
    'Flowcharts, architecture, C4, sequence and block diagrams, also the first of a Markdown page. Kinds come from classes, shapes, icons, technologies and names.',
  writes: 'A flowchart, with a class on every node that says its kind.',
  keeps: ['names', 'kinds', 'technologies', 'edges', 'edge kinds', 'operations', 'protocols', 'groups'],
  loses:
    'places, instances, descriptions, links, telemetry names, config, notes, marks, figures, snapshots, experiments and sources; of several edges of one kind between two parts one is left',
  recognises: (opened) =>
    opened.type === 'text' &&
    !opened.notJson &&
    !opened.isNamedSketch &&
    findDiagram(headOf(opened.text)) !== null,
  read: readMermaid,
  write: writeMermaid,
};
