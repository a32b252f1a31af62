/**
 * A strict reader of the SVG that we write: throws on anything that is not well-formed or not expected in a
 * picture, and tells every drawn point in board coordinates. Shares no code with the writer but text widths.
 */
import { NODE_KINDS, type NodeKind, type Point, sizeOfKind } from '../../src/graph/index.ts';
import { type Font, textWidth } from '../../src/picture/index.ts';
import { coordinatesOf } from './coordinates.ts';

const ELEMENTS = new Set([
  'svg',
  'g',
  'defs',
  'style',
  'title',
  'desc',
  'path',
  'rect',
  'circle',
  'text',
  'use',
  'pattern',
  'clipPath',
]);
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

export type SvgFacts = { points: Point[]; texts: string[]; attributes: Set<string> };

type Frame = { name: string; attributes: Map<string, string>; at: Transform };
type Transform = { x: number; y: number; scale: number };

export function readSvg(svg: string): SvgFacts {
  const facts: SvgFacts = { points: [], texts: [], attributes: new Set() };
  const stack: Frame[] = [];
  const token = /<(\/?)([a-zA-Z]+)((?: [A-Za-z:-]+="[^"<&]*(?:&[^"<&]*)*")*)(\/?)>|([^<]+)/gy;
  let at = 0;
  while (at < svg.length) {
    token.lastIndex = at;
    const found = token.exec(svg);
    if (!found) throw new Error(`not well-formed at ${svg.slice(at, at + 80)}`);
    at = token.lastIndex;
    const [, closing, name = '', attributeText = '', empty, text] = found;
    if (text !== undefined) {
      const top = stack.at(-1);
      if (!top || !['title', 'desc', 'text', 'style'].includes(top.name))
        throw new Error(`stray text ${text}`);
      facts.texts.push(decode(text));
      if (top.name === 'text' && !stack.some((frame) => frame.name === 'defs'))
        addText(facts, stack, decode(text));
      continue;
    }
    if (!ELEMENTS.has(name)) throw new Error(`element ${name}`);
    if (closing) {
      if (stack.pop()?.name !== name) throw new Error(`</${name}> closes something else`);
      continue;
    }
    const attributes = new Map<string, string>();
    for (const [, key = '', value = ''] of attributeText.matchAll(/ ([A-Za-z:-]+)="([^"]*)"/g)) {
      attributes.set(key, decode(value));
      facts.attributes.add(key);
      if (/url\((?!#)|javascript:|^https?:/i.test(value) && key !== 'xmlns')
        throw new Error(`${key}="${value}"`);
    }
    if (attributes.has('href') && !attributes.get('href')!.startsWith('#'))
      throw new Error('href leads elsewhere');
    const frame = { name, attributes, at: transformed(stack.at(-1)?.at, attributes.get('transform')) };
    if (!stack.some((each) => each.name === 'defs' || each.name === 'pattern')) addShape(facts, frame);
    if (!empty) stack.push(frame);
  }
  if (stack.length > 0) throw new Error('unclosed elements');
  return facts;
}

function decode(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, entity: string) => {
    const character = ENTITIES[entity];
    if (character === undefined || !whole.endsWith(';')) throw new Error(`entity ${whole}`);
    return character;
  });
}

function transformed(from: Transform = { x: 0, y: 0, scale: 1 }, text = ''): Transform {
  const [, x = 0, y = 0] = /translate\((-?[\d.]+) (-?[\d.]+)\)/.exec(text)?.map(Number) ?? [];
  const [, scale = 1] = /scale\((-?[\d.]+)\)/.exec(text)?.map(Number) ?? [];
  return { x: from.x + x * from.scale, y: from.y + y * from.scale, scale: from.scale * scale };
}

function addShape(facts: SvgFacts, { name, attributes, at }: Frame): void {
  const number = (key: string) => Number(attributes.get(key) ?? 0);
  const add = (x: number, y: number) => facts.points.push([at.x + x * at.scale, at.y + y * at.scale]);
  if (name === 'path') for (const [x, y] of coordinatesOf(attributes.get('d')!)) add(x, y);
  if (name === 'rect') {
    add(number('x'), number('y'));
    add(number('x') + number('width'), number('y') + number('height'));
  }
  if (name === 'use') {
    const href = attributes.get('href')!;
    const kind = NODE_KINDS.find((each: NodeKind) => `#card-${each.replace(' ', '-')}` === href);
    const { width, height } = kind ? sizeOfKind(kind) : { width: 16, height: 16 };
    add(0, 0);
    add(width, height);
  }
}

function addText(facts: SvgFacts, stack: readonly Frame[], text: string): void {
  const { attributes, at } = stack.at(-1)!;
  const inherited = (key: string) =>
    stack.findLast((frame) => frame.attributes.has(key))?.attributes.get(key);
  const font: Font = {
    family: inherited('font-family')!.includes('Mono') ? 'numbers' : 'words',
    size: Number(inherited('font-size')),
    weight: Number(attributes.get('font-weight') ?? 400) as Font['weight'],
  };
  const width = textWidth(text, font);
  const x = Number(attributes.get('x'));
  const y = Number(attributes.get('y'));
  const left = attributes.get('text-anchor') === 'end' ? x - width : x;
  facts.points.push([at.x + left * at.scale, at.y + y * at.scale - font.size]);
  facts.points.push([at.x + (left + width) * at.scale, at.y + y * at.scale]);
}
