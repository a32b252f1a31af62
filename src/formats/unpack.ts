/** Deflated data with a cap that holds while unpacking: a bomb is stopped before it is a bomb. */
import { Gunzip, Inflate, Unzlib } from 'fflate';
import { crc32 } from './crc.ts';

/** Deflate grows data by up to 1032 times: this much at a time overshoots the cap by 8 MB at most. */
const STEP = 8192;

export type Unpacked = { ok: true; bytes: Uint8Array } | { ok: false; reason: 'too large' | 'damaged' };

class TooLarge extends Error {}

function collect(
  packed: Uint8Array,
  most: number,
  stream: (ondata: (chunk: Uint8Array) => void) => { push(chunk: Uint8Array, final: boolean): void },
): Unpacked {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const unpacker = stream((chunk) => {
      length += chunk.length;
      if (length > most) throw new TooLarge();
      chunks.push(chunk);
    });
    for (let at = 0; at === 0 || at < packed.length; at += STEP)
      unpacker.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  } catch (error) {
    return { ok: false, reason: error instanceof TooLarge ? 'too large' : 'damaged' };
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { ok: true, bytes };
}

/** Unpacks zlib data (RFC 1950) to at most `most` bytes. */
export const unzlib = (packed: Uint8Array, most: number): Unpacked =>
  collect(packed, most, (ondata) => new Unzlib(ondata));

/** Unpacks bare deflated data (RFC 1951), as in a zip, to at most `most` bytes. */
export const inflate = (packed: Uint8Array, most: number): Unpacked =>
  collect(packed, most, (ondata) => new Inflate(ondata));

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Unpacks a gzip file (RFC 1952) to at most `most` bytes, and checks its checksum where it has one member. */
export function gunzip(packed: Uint8Array, most: number): Unpacked {
  let members = 0;
  const unpacked = collect(packed, most, (ondata) => {
    const stream = new Gunzip(ondata);
    stream.onmember = () => members++;
    return stream;
  });
  if (!unpacked.ok || members > 1 || packed.length < 18) return unpacked;
  const trailer = new DataView(packed.buffer, packed.byteOffset + packed.length - 8);
  if (trailer.getUint32(0, true) === crc32(unpacked.bytes)) return unpacked;
  return { ok: false, reason: 'damaged' };
}
