/** draw.io (diagrams.net): XML, plain or packed, also in the PNG and SVG pictures that it exports. */
import { type Format, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { lineAndColumn } from '../json.ts';
import { readScene } from '../scene/read.ts';
import { ASPECTS, LOSES } from '../scene/scene.ts';
import { sceneIn } from './cells.ts';
import { isDrawio, unpackPage, xmlIn } from './container.ts';
import { writeDrawio } from './write.ts';
import { parseXml, type XmlElement } from './xml.ts';

type Page = { ok: true; name: string; model: XmlElement; placeOf(at: number): string };
type Fault = { ok: false; name: string; path: string; reason: string };

/** One page, unpacked. */
function pageOf(diagram: XmlElement, number: number, text: string): Page | Fault {
  const name = diagram.attributes.get('name')?.trim() || `page ${number}`;
  const plain = diagram.children.find((each) => each.name === 'mxGraphModel');
  if (plain) return { ok: true, name, model: plain, placeOf: (at) => lineAndColumn(text, at) };
  const inside = `diagram ${number}`;
  if (diagram.text.trim() === '')
    return { ok: false, name, path: lineAndColumn(text, diagram.at), reason: 'is an empty page' };
  const unpacked = unpackPage(diagram.text, inside);
  if (!unpacked.ok) return { ...unpacked, name };
  const xml = parseXml(unpacked.text);
  const placeOf = (at: number) => `${inside} ${lineAndColumn(unpacked.text, at)}`;
  if (!xml.ok) return { ok: false, name, path: placeOf(xml.at), reason: xml.reason };
  return { ok: true, name, model: xml.root, placeOf };
}

function readDrawio(opened: Opened, file: string, context: ReadContext): Read {
  const found = xmlIn(opened);
  if (!found.ok) return refuse(file, found.path, found.reason);
  const { text } = found;
  const xml = parseXml(text);
  if (!xml.ok) return refuse(file, lineAndColumn(text, xml.at), xml.reason);
  const { root } = xml;
  const diagrams = root.name === 'mxfile' ? root.children.filter(({ name }) => name === 'diagram') : [root];
  const pages = diagrams.map((diagram, i) =>
    diagram.name === 'mxGraphModel'
      ? { ok: true as const, name: '', model: diagram, placeOf: (at: number) => lineAndColumn(text, at) }
      : pageOf(diagram, i + 1, text),
  );
  return readPages(pages, file, context);
}

/** The first page that draws anything; a board is one system. */
function readPages(pages: readonly (Page | Fault)[], file: string, context: ReadContext): Read {
  let first: Read | null = null;
  for (const page of pages) {
    const read = page.ok ? readPage(page, pages, file, context) : refuse(file, page.path, page.reason);
    if (read.ok) return read;
    first ??= read;
  }
  return first ?? refuse(file, '1:1', 'holds no page');
}

function readPage(page: Page, pages: readonly (Page | Fault)[], file: string, context: ReadContext): Read {
  const scene = sceneIn(page.model, page.placeOf);
  const others = pages.filter((each) => each !== page).map(({ name }) => name);
  if (others.length > 0)
    scene.remarks.unshift({
      reason: `is of ${pages.length} pages: ${page.name} was read, not ${others.slice(0, 5).join(', ')}${others.length > 5 ? ` and ${others.length - 5} more` : ''}`,
    });
  return readScene(scene, { format: DRAWIO.id, file, context });
}

export const DRAWIO: Format = {
  id: 'drawio',
  name: 'draw.io',
  suffixes: ['.drawio', '.drawio.xml', '.drawio.svg', '.drawio.png', '.dio'],
  reads:
    'The first page that draws anything, plain or packed; also from the pictures that draw.io exports with a copy of the diagram. Shapes are parts, told by their icons, forms and words; containers and shapes around others are groups; texts and notes are notes.',
  writes:
    'One page of shapes with names, arrows, containers and notes; kind, technology and description as data to edit there.',
  keeps: ASPECTS,
  loses: LOSES,
  mediaType: 'application/vnd.jgraph.mxfile',
  recognises: isDrawio,
  read: readDrawio,
  write: writeDrawio,
};
