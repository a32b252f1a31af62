/** The body of a request, whole and unpacked, or why it is not taken. No sender can make it take more than its share. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { MOST, TIMES } from './limits.ts';

export interface Refused {
  status: number;
  reason: string;
}
export type Body = { bytes: Buffer } | Refused;

const UNPACK = { gzip: promisify(gunzip), deflate: promisify(inflate) };
export const ENCODINGS = [...Object.keys(UNPACK), 'identity'];

/**
 * Reads at most `MOST.body` bytes within `TIMES.body`.
 * @param hold asked for every piece: whether there is room for so many bytes more
 */
export async function receive(request: IncomingMessage, hold: (bytes: number) => boolean): Promise<Body> {
  const claimed = Number(request.headers['content-length'] ?? 0);
  if (claimed > MOST.body) return tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => request.destroy(), TIMES.body);
  try {
    return await new Promise<Body>((resolve) => {
      const refuse = (refused: Refused) => {
        request.off('data', take);
        chunks.length = 0;
        resolve(refused);
      };
      function take(chunk: Buffer): void {
        length += chunk.length;
        if (length > MOST.body) refuse(tooLarge());
        else if (!hold(chunk.length)) refuse({ status: 503, reason: 'too much is being sent at once' });
        else chunks.push(chunk);
      }
      request.on('data', take);
      request.on('end', () => resolve({ bytes: Buffer.concat(chunks) }));
      request.on('close', () => refuse({ status: 400, reason: 'the body broke off or took too long' }));
      // Told by `close` as well; without a listener it would be thrown.
      request.on('error', () => {});
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Takes the compression off, up to `MOST.unpacked` bytes: a bomb is stopped before it is one. */
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

const tooLarge = (): Refused => ({ status: 413, reason: `the body has more than ${MOST.body / 1e6} MB` });
