/** A picture that reopens: the board's JSON, deflated, in one iTXt chunk of a PNG (ISO/IEC 15948, 11.3.4.5). */
import { strFromU8, strToU8, zlibSync } from 'fflate';
import { type Board, serializeBoard } from '../graph/index.ts';
import { readBoardText } from './board.ts';
import { crc32 } from './crc.ts';
import { type Format, type Read, type ReadContext, type Refusal, refuse } from './format.ts';
import { MOST, megabytes } from './limits.ts';
import { unzlib } from './unpack.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = 'chalkline-board';
/** Keyword, its end, compressed, by deflate, no language, no translated keyword. */
const HEADER = [...strToU8(KEYWORD), 0, 1, 0, 0, 0];

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

type Chunk = { type: string; start: number; end: number; data: Uint8Array };

/** The chunks in their order. The last may be cut off, its end beyond the file's. */
function* chunksOf(png: Uint8Array): Generator<Chunk> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let start = SIGNATURE.length;
  while (start + 12 <= png.length) {
    const length = view.getUint32(start);
    const type = strFromU8(png.subarray(start + 4, start + 8), true);
    const end = start + 12 + length;
    yield { type, start, end, data: png.subarray(start + 8, Math.min(end - 4, png.length)) };
    start = end;
  }
}

/**
 * The picture with the board in it, in place of any it held.
 * @throws RangeError when it is no PNG, or the board is larger than a picture may carry (8 MB of JSON)
 */
export function embedInPng(png: Uint8Array, board: Board): Uint8Array {
  if (!isPng(png)) throw new RangeError('not a PNG picture');
  const json = strToU8(JSON.stringify(JSON.parse(serializeBoard(board))));
  if (json.length > MOST.unpackedBoard)
    throw new RangeError(
      `The board is ${megabytes(json.length)}; a picture carries up to ${megabytes(MOST.unpackedBoard)}`,
    );
  const deflated = zlibSync(json);
  const parts: Uint8Array[] = [png.subarray(0, SIGNATURE.length)];
  for (const { type, start, end, data } of chunksOf(png)) {
    if (isOurs(type, data)) continue;
    if (type === 'IEND') parts.push(chunk('iTXt', [Uint8Array.from(HEADER), deflated]));
    parts.push(png.subarray(start, end));
  }
  return concat(parts);
}

function chunk(type: string, data: Uint8Array[]): Uint8Array {
  const body = concat([strToU8(type), ...data]);
  const framed = new Uint8Array(body.length + 8);
  const view = new DataView(framed.buffer);
  view.setUint32(0, body.length - 4);
  framed.set(body, 4);
  view.setUint32(framed.length - 4, crc32(body));
  return framed;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const isWhole = (png: Uint8Array, start: number, end: number) =>
  end <= png.length &&
  new DataView(png.buffer, png.byteOffset).getUint32(end - 4) === crc32(png.subarray(start + 4, end - 4));

const isOurs = (type: string, data: Uint8Array) =>
  type === 'iTXt' && HEADER.slice(0, KEYWORD.length + 1).every((byte, i) => data[i] === byte);

function readPng(bytes: Uint8Array, file: string, context: ReadContext): Read {
  const found = boardText(bytes, file);
  return typeof found === 'string' ? readBoardText(found, PNG.id, file, context, MOST.unpackedBoard) : found;
}

function boardText(bytes: Uint8Array, file: string): string | Refusal {
  const place = `chunk iTXt ${KEYWORD}`;
  for (const { type, start, end, data } of chunksOf(bytes)) {
    if (!isOurs(type, data)) continue;
    if (!isWhole(bytes, start, end))
      return refuse(file, place, 'the board in this picture is damaged or cut off');
    if (!HEADER.every((byte, i) => data[i] === byte))
      return refuse(file, place, 'the board in this picture is packed in an unknown way');
    const packed = data.subarray(HEADER.length);
    const unpacked: ReturnType<typeof unzlib> =
      packed.length > MOST.board ? { ok: false, reason: 'too large' } : unzlib(packed, MOST.unpackedBoard);
    if (unpacked.ok) return strFromU8(unpacked.bytes);
    return refuse(
      file,
      place,
      unpacked.reason === 'damaged'
        ? 'the board in this picture is damaged'
        : `the board in this picture unpacks to more than ${megabytes(MOST.unpackedBoard)}`,
    );
  }
  return refuse(
    file,
    'chunks',
    'this PNG holds no board; it was not exported from Chalkline, was exported without data, or lost it on the way',
  );
}

export const PNG: Format = {
  id: 'png',
  name: 'Chalkline PNG',
  suffixes: ['.png'],
  reads: 'A picture that was exported here with its board in it.',
  writes: 'A picture, with the whole board in it unless that is stripped: it opens again as the board.',
  keeps: ['everything'],
  mediaType: 'image/png',
  recognises: (opened) => opened.type === 'png',
  read: (opened, file, context) =>
    opened.type === 'png' ? readPng(opened.bytes, file, context) : refuse(file, '', 'is not a PNG'),
};
