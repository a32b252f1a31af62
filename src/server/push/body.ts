/** Takes the compression off a body. */
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import type { Body } from '../body.ts';
import { MOST } from './limits.ts';

const UNPACK = { gzip: promisify(gunzip), deflate: promisify(inflate) };
export const ENCODINGS = [...Object.keys(UNPACK), 'identity'];

/** Unpacks up to `MOST.unpacked` bytes: a bomb is stopped before it is one. */
export async function unpack(bytes: Buffer, encoding: string): Promise<Body> {
  if (encoding !== 'gzip' && encoding !== 'deflate') return { bytes };
  try {
    return { bytes: await UNPACK[encoding](bytes, { maxOutputLength: MOST.unpacked }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      return { status: 413, reason: `the body unpacks to more than ${MOST.unpacked / 1e6} MB` };
    return { status: 400, reason: `the body is no whole ${encoding}` };
  }
}
