/** draw.io (diagrams.net): XML, plain or packed, also in the PNG and SVG pictures that it exports. */
import { placesIn } from '../diagram/scan.ts';
import { type Format, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { readScene } from '../scene/read.ts';
import { ASPECTS, LOSES } from '../scene/scene.ts';
import { sceneIn } from './cells.ts';
import { isDrawio, unpackPage, xmlIn } from './container.ts';
import { writeDrawio } from './write.ts';
import { parseXml, type XmlElement } from './xml.ts';

type Page = { ok: true; model: XmlElement; placeOf(at: number): string };
type Fault = { ok: false; path: string; reason: string };

/** Pages that are tried; nobody turns more. */
const MOST_PAGES = 50;

const nameOf = (diagram: XmlElement, number: number): string =>
  diagram.attributes.get('name')?.trim() || `page ${number}`;

/** `12:5` of an offset. */
function placer(text: string): (at: number) => string {
  const placeOf = placesIn(text);
  return (at) => {
    const { line, column } = placeOf(at);
    return `${line}:${column}`;
  };
}

/** One page, unpacked. */
function pageOf(diagram: XmlElement, number: number, placeOf: Page['placeOf']): Page | Fault {
  if (diagram.name === 'mxGraphModel') return { ok: true, model: diagram, placeOf };
  const plain = diagram.children.find((each) => each.name === 'mxGraphModel');
  if (plain) return { ok: true, model: plain, placeOf };
  const inside = `diagram ${number}`;
  if (diagram.text.trim() === '') return { ok: false, path: placeOf(diagram.at), reason: 'is an empty page' };
  const unpacked = unpackPage(diagram.text, inside);
  if (!unpacked.ok) return unpacked;
  const xml = parseXml(unpacked.text);
  const place = placer(unpacked.text);
  if (!xml.ok) return { ok: false, path: `${inside} ${place(xml.at)}`, reason: xml.reason };
  return { ok: true, model: xml.root, placeOf: (at) => `${inside} ${place(at)}` };
}

/** The first page that draws anything; a board is one system. */
function readDrawio(opened: Opened, file: string, context: ReadContext): Read {
  const found = xmlIn(opened);
  if (!found.ok) return refuse(file, found.path, found.reason);
  const placeOf = placer(found.text);
  const xml = parseXml(found.text);
  if (!xml.ok) return refuse(file, placeOf(xml.at), xml.reason);
  const { root } = xml;
  const diagrams = root.name === 'mxfile' ? root.children.filter(({ name }) => name === 'diagram') : [root];
  let first: Read | null = null;
  for (const [i, diagram] of diagrams.slice(0, MOST_PAGES).entries()) {
    const page = pageOf(diagram, i + 1, placeOf);
    const read = page.ok
      ? readPage(page, { diagrams, number: i }, file, context)
      : refuse(file, page.path, page.reason);
    if (read.ok) return read;
    first ??= read;
  }
  return first ?? refuse(file, '1:1', 'holds no page');
}

type Among = { diagrams: readonly XmlElement[]; number: number };

function readPage(page: Page, { diagrams, number }: Among, file: string, context: ReadContext): Read {
  const read = readScene(sceneIn(page.model, page.placeOf), { format: DRAWIO.id, file, context });
  const others = diagrams.slice(0, 7).flatMap((each, i) => (i === number ? [] : nameOf(each, i + 1)));
  const named = others.slice(0, 5);
  const more = diagrams.length - 1 - named.length;
  const rest = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const name = nameOf(diagrams[number]!, number + 1);
  if (read.ok && named.length > 0)
    read.repairs.unshift({
      path: '',
      reason: `is of ${diagrams.length} pages: ${name} was read, not ${rest}`,
    });
  return read;
}

export const DRAWIO: Format = {
  id: 'drawio',
  name: 'draw.io',
  suffixes: ['.drawio', '.drawio.xml', '.drawio.svg', '.drawio.png', '.drawio.html', '.dio'],
  reads:
    'The first page that draws anything, plain or packed; also from the pictures and pages of HTML that draw.io exports with a copy of the diagram. Shapes are parts, told by their icons, forms and words; containers and shapes around others are groups; texts and notes are notes.',
  writes:
    'One page of shapes with names, arrows, containers and notes; kind, technology and description as data to edit there.',
  keeps: ASPECTS,
  loses: LOSES,
  mediaType: 'application/vnd.jgraph.mxfile',
  recognises: isDrawio,
  read: readDrawio,
  write: writeDrawio,
};
