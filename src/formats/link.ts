/**
 * The board in the fragment of an address, which browsers send to no server: its JSON, packed by gzip (whose checksum tells
 * of damage), in base64url (RFC 4648, 5).
 */
import { gzipSync, strFromU8, strToU8 } from 'fflate';
import { type Board, serializeBoard } from '../graph/index.ts';
import { readBoardText } from './board.ts';
import { type Format, type Read, type ReadContext, refuse } from './format.ts';
import { MOST, megabytes } from './limits.ts';
import { gunzip, isGzip } from './unpack.ts';

/** How the fragment of such an address begins. */
const FRAGMENT = '#board=';

/** Alone, or behind an address. */
const LINK_TEXT = /^\s*[^\s#]*#board=(\S*)\s*$/;

/** Header, an empty block, trailer; bytes. */
const SHORTEST_GZIP = 20;

function writeLink(board: Board): string {
  const json = JSON.stringify(JSON.parse(serializeBoard(board)));
  // without a time, so that a board has one link only
  const packed = strFromU8(gzipSync(strToU8(json), { level: 9, mtime: 0 }), true);
  return FRAGMENT + btoa(packed).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function readLink(text: string, file: string, context: ReadContext): Read {
  const place = 'the text behind #board=';
  const said = LINK_TEXT.exec(text)?.[1];
  if (said === undefined) return refuse(file, '1:1', 'is no link that holds a board');
  if (said.length > MOST.board)
    return refuse(file, place, `is ${megabytes(said.length)}; up to ${megabytes(MOST.board)} can be read`);
  const packed = unbase64(said);
  if (!packed) return refuse(file, place, 'is damaged: it has letters that no such link has');
  const unpacked: ReturnType<typeof gunzip> =
    isGzip(packed) && packed.length >= SHORTEST_GZIP
      ? gunzip(packed, MOST.unpackedBoard)
      : { ok: false, reason: 'damaged' };
  if (unpacked.ok)
    return readBoardText(strFromU8(unpacked.bytes), LINK.id, file, context, MOST.unpackedBoard);
  return refuse(
    file,
    place,
    unpacked.reason === 'damaged'
      ? 'is damaged or was cut off on the way; ask for the link again, or for the board as a file'
      : `unpacks to more than ${megabytes(MOST.unpackedBoard)}`,
  );
}

function unbase64(text: string): Uint8Array | null {
  // what stands behind it in a sentence is often taken along
  const plain = text.replace(/[^\w-]+$/, '');
  if (!/^[\w-]*$/.test(plain)) return null;
  try {
    return strToU8(atob(plain.replaceAll('-', '+').replaceAll('_', '/')), true);
  } catch {
    // a length that no whole bytes have: the end is missing
    return new Uint8Array();
  }
}

export const LINK: Format = {
  id: 'link',
  name: 'Chalkline link',
  suffixes: ['.link'],
  reads: 'A link that holds a board, or its part from `#board=` on.',
  writes:
    'The whole board as `#board=…`: behind the address of a Chalkline it opens there as a board of its own. Browsers send that part of an address to no server.',
  keeps: ['everything'],
  recognises: (opened) =>
    opened.type === 'text' && opened.text.length <= 2 * MOST.board && LINK_TEXT.test(opened.text),
  read: (opened, file, context) =>
    opened.type === 'text' ? readLink(opened.text, file, context) : refuse(file, '', 'is not text'),
  write: writeLink,
};
