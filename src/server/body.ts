/** The body of a request, whole, or why it is not taken. No sender can make it take more than its share. */
import type { IncomingMessage } from 'node:http';
import type { Milliseconds } from '../graph/index.ts';

export interface Refused {
  status: number;
  reason: string;
}
export type Body = { bytes: Buffer } | Refused;

/** How long one body may take to come. */
const LONGEST: Milliseconds = 30_000;

/**
 * Reads a body.
 * @param most bytes of it
 * @param hold asked for every piece: whether there is room for so many bytes more
 */
export async function receive(
  request: IncomingMessage,
  most: number,
  hold: (bytes: number) => boolean = () => true,
): Promise<Body> {
  const claimed = Number(request.headers['content-length'] ?? 0);
  if (claimed > most) return tooLarge(most);
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => request.destroy(), LONGEST);
  try {
    return await new Promise<Body>((resolve) => {
      const refuse = (refused: Refused) => {
        request.off('data', take);
        chunks.length = 0;
        resolve(refused);
      };
      function take(chunk: Buffer): void {
        length += chunk.length;
        if (length > most) refuse(tooLarge(most));
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

const tooLarge = (most: number): Refused => ({
  status: 413,
  reason: `the body has more than ${most / 1e6} MB`,
});
