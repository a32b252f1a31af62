/** Takes secrets out of what a back end says: some repeat what they were asked with. */
import { Transform } from 'node:stream';

/** Shorter ones can't be told from other text. Bytes. */
const SHORTEST = 6;

/** What must not be seen of such header values: the token, with or without what says its kind. */
export const secretsOf = (values: readonly string[]): Buffer[] =>
  values
    .flatMap((value) => value.trim().split(/\s+/).slice(-1))
    .map((value) => Buffer.from(value))
    .filter(({ length }) => length >= SHORTEST);

/** Puts asterisks in the place of each, however it is cut into pieces. */
export function redacting(secrets: readonly Buffer[]): Transform {
  const held = Math.max(0, ...secrets.map(({ length }) => length - 1));
  let tail: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      const all = Buffer.concat([tail, piece]);
      for (const secret of secrets)
        for (let at = all.indexOf(secret); at !== -1; at = all.indexOf(secret, at + secret.length))
          all.fill('*', at, at + secret.length);
      const end = Math.max(0, all.length - held);
      tail = all.subarray(end);
      done(null, all.subarray(0, end));
    },
    flush(done) {
      done(null, tail);
    },
  });
}
