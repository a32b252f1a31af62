/** A drawing that reopens: the board's JSON as text of a `<metadata>` element. A read SVG is never drawn. */
import { type Board, serializeBoard } from '../graph/index.ts';
import { readBoardText } from './board.ts';
import { type Format, type Read, type ReadContext, refuse } from './format.ts';
import { MOST, megabytes } from './limits.ts';

const ID = 'chalkline-board';
const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const UNESCAPED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** XML 1.0 (2.2) can't hold these, even escaped; JSON can say them in ASCII. */
const jsonEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * The drawing with the board in it, as the first thing inside `<svg>`, in place of any it held.
 * @throws RangeError when there is no `<svg>`, or the board is larger than a drawing may carry
 */
export function embedInSvg(svg: string, board: Board): string {
  const json = JSON.stringify(JSON.parse(serializeBoard(board))).replace(
    /[\u007f-\u009f\ufffe\uffff]/g,
    jsonEscape,
  );
  if (json.length > MOST.unpackedBoard)
    throw new RangeError(
      `The board is ${megabytes(json.length)}; a drawing carries up to ${megabytes(MOST.unpackedBoard)}`,
    );
  const text = json.replace(/[&<>]/g, (character) => ESCAPED[character]!);
  const held = findMetadata(svg);
  const bare = held ? svg.slice(0, held.start) + svg.slice(held.end) : svg;
  const open = /<svg(?=[\s>])(?:[^>"']|"[^"]*"|'[^']*')*>/.exec(bare);
  if (!open) throw new RangeError('not an SVG drawing');
  const inside = open.index + open[0].length;
  return `${bare.slice(0, inside)}<metadata id="${ID}">${text}</metadata>${bare.slice(inside)}`;
}

type Metadata = { start: number; end: number; text: string };

/** The first element with our id. Found by search, not by parsing XML: nothing else in the file is looked at. */
function findMetadata(svg: string): Metadata | null {
  const id = svg.search(/\sid\s*=\s*["']chalkline-board["']/);
  if (id === -1) return null;
  const start = svg.lastIndexOf('<', id);
  const from = svg.indexOf('>', id) + 1;
  if (!svg.startsWith('<metadata', start) || from === 0) return null;
  const to = svg.indexOf('</metadata', from);
  const end = svg.indexOf('>', to) + 1;
  return to === -1 || end === 0 ? null : { start, end, text: svg.slice(from, to) };
}

/** Other programs that save the drawing may write character references, or wrap the text in CDATA. */
function unescapeXml(text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('<![CDATA[') && trimmed.endsWith(']]>')) return trimmed.slice(9, -3);
  return trimmed.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (all, dec, hex, name) => {
      if (name) return UNESCAPED[name]!;
      const code = dec ? Number.parseInt(dec, 10) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

function readSvg(text: string, file: string, context: ReadContext): Read {
  if (!/<svg[\s>]/.test(text.slice(0, 100_000))) return refuse(file, '1:1', 'is XML, but not an SVG drawing');
  const found = findMetadata(text);
  if (!found)
    return refuse(
      file,
      'metadata',
      'this SVG holds no board; it was not exported from Chalkline, was exported without data, or lost it on the way',
    );
  if (found.text.length > 2 * MOST.unpackedBoard)
    return refuse(file, 'metadata', `the board in this SVG is over ${megabytes(MOST.unpackedBoard)}`);
  return readBoardText(unescapeXml(found.text), SVG.id, file, context, MOST.unpackedBoard);
}

export const SVG: Format = {
  id: 'svg',
  name: 'Chalkline SVG',
  suffixes: ['.svg'],
  reads: 'A drawing that was exported here with its board in it; nothing else in it is looked at.',
  writes: 'A drawing, with the whole board in it unless that is stripped: it opens again as the board.',
  keeps: ['everything'],
  mediaType: 'image/svg+xml',
  recognises: (opened) => opened.type === 'xml',
  read: (opened, file, context) =>
    opened.type === 'xml' ? readSvg(opened.text, file, context) : refuse(file, '', 'is not an SVG'),
};
