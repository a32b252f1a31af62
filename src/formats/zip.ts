/**
 * What is in a zip (PKWARE's APPNOTE, 4.3), by its central directory, with caps that hold while unpacking. Only stored and
 * deflated files: nothing that people keep a system's description in is packed in another way.
 */
import { strFromU8 } from 'fflate';
import { crc32 } from './crc.ts';
import type { FileInput, Refusal } from './format.ts';
import { refuse } from './format.ts';
import { MOST, megabytes } from './limits.ts';
import { inflate, type Unpacked } from './unpack.ts';

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_LENGTH = 22;
/** A comment of up to this many bytes may follow the end record. */
const LONGEST_COMMENT = 0xffff;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 &&
  bytes[1] === 0x4b &&
  ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

type Entry = { name: string; method: number; isEncrypted: boolean; crc: number; packed: Uint8Array };

/** The files of a zip with their paths in it, folders and the droppings of operating systems left out. */
export function unzip({ name, bytes }: FileInput): { ok: true; files: FileInput[] } | Refusal {
  const found = entriesOf(bytes);
  if (typeof found === 'string') return refuse(name, 'zip', found);
  const entries = found.filter((entry) => !entry.name.endsWith('/') && isWorthReading(entry.name));
  if (entries.length === 0) return refuse(name, 'zip', 'holds no files');
  if (entries.length > MOST.files)
    return refuse(name, 'zip', `holds ${entries.length} files; up to ${MOST.files} can be read`);
  const files: FileInput[] = [];
  let left: number = MOST.file;
  for (const entry of entries) {
    const unpacked = unpack(entry, left);
    const place = `${name}/${entry.name}`;
    if (typeof unpacked === 'string') return refuse(place, '', unpacked);
    if (!unpacked.ok)
      return unpacked.reason === 'damaged'
        ? refuse(place, 'zip', 'the compressed data is damaged or cut off')
        : refuse(name, 'zip', `unpacks to more than ${megabytes(MOST.file)}`);
    left -= unpacked.bytes.length;
    files.push({ name: entry.name, bytes: unpacked.bytes, within: name });
  }
  return { ok: true, files };
}

function unpack({ method, isEncrypted, packed, crc }: Entry, most: number): Unpacked | string {
  if (isEncrypted) return 'is encrypted; unpack it first';
  if (method !== 0 && method !== 8) return `is packed in a way that is not known here (${method})`;
  if (method === 0 && packed.length > most) return { ok: false, reason: 'too large' };
  const unpacked = method === 0 ? { ok: true as const, bytes: packed } : inflate(packed, most);
  return unpacked.ok && crc32(unpacked.bytes) !== crc ? { ok: false, reason: 'damaged' } : unpacked;
}

/** What is no part of a system's description, and often the most of a folder. */
export const isWorthReading = (path: string): boolean =>
  !path
    .split('/')
    .some(
      (part) =>
        ['.git', 'node_modules', '__MACOSX', '.DS_Store', 'Thumbs.db'].includes(part) ||
        part.startsWith('._'),
    );

/** The entries; in words what is wrong with the zip. */
function entriesOf(bytes: Uint8Array): Entry[] | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === null) return 'is cut off: its list of files is missing';
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) return 'is of the large kind (zip64), which can’t be read';
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY) return 'its list of files is damaged';
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [crc, packedSize] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ];
    const start = view.getUint32(at + 42, true);
    const name = strFromU8(
      bytes.subarray(at + 46, at + 46 + nameLength),
      (flags & 0x800) === 0 && !isUtf8(bytes, at),
    );
    if (start + 30 > bytes.length || view.getUint32(start, true) !== LOCAL)
      return 'its list of files is damaged';
    const data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    if (data + packedSize > bytes.length) return 'is cut off';
    const packed = bytes.subarray(data, data + packedSize);
    entries.push({ name: name.replaceAll('\\', '/'), method, isEncrypted: (flags & 1) !== 0, crc, packed });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** Zips made on Unix hold UTF-8 names without saying so. */
const isUtf8 = (bytes: Uint8Array, entry: number): boolean => bytes[entry + 5] === 3;

function endOf(view: DataView): number | null {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--)
    if (view.getUint32(at, true) === END) return at;
  return null;
}
