/** Asks over HTTP as a page may: no credentials, no header that would need a preflight, and no answer without end. */
import { failure, type Outcome, success } from './outcome.ts';
import type { Env } from './source.ts';

/** Bytes of an answer read at most, unless it is said otherwise. */
const MOST_BYTES = 50 * 1024 * 1024;
/** Of a refusal only the words are wanted. */
const MOST_WORDS = 64 * 1024;
/** With this header Chalkline's own server answers itself when it does not forward (src/server/forward). */
export const UNFORWARDED = 'chalkline-unforwarded';

export type Asked = {
  /** What its API is called: "the Prometheus API". */
  api: string;
  /** What the body of a refusal says in words, if it does. */
  errorOf(text: string): string | null;
  /** Where it can be told to let pages ask it. */
  cors?: string;
  mostBytes?: number;
};

/** The text of an answer; why there is none, in words that follow the name of who was asked. */
export async function ask(
  url: string,
  question: RequestInit,
  asked: Asked,
  env: Pick<Env, 'fetch'>,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const decoder = new TextDecoder();
  let text = '';
  const whole = await read(url, question, asked, env, signal, (piece) => {
    text += decoder.decode(piece, { stream: true });
  });
  return whole.ok ? success(text + decoder.decode()) : whole;
}

/**
 * As `ask`, the text handed over as it comes; no more of it comes before what came is taken.
 * @param take false ends it: the rest is of no use
 */
export async function askInPieces(
  url: string,
  question: RequestInit,
  asked: Asked,
  env: Pick<Env, 'fetch'>,
  signal: AbortSignal,
  take: (text: string) => Promise<boolean>,
): Promise<Outcome<void>> {
  const decoder = new TextDecoder();
  const whole = await read(url, question, asked, env, signal, (piece) =>
    take(decoder.decode(piece, { stream: true })),
  );
  if (whole.ok) await take(decoder.decode());
  return whole;
}

/** As `ask`, the answer as it came: for those who read it elsewhere. */
export async function askBytes(
  url: string,
  asked: Asked,
  env: Pick<Env, 'fetch'>,
  signal: AbortSignal,
): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const whole = await read(url, {}, asked, env, signal, (piece) => pieces.push(piece));
  return whole.ok ? success(new Uint8Array(await new Blob(pieces).arrayBuffer())) : whole;
}

/** Hands over a good answer piece by piece. */
async function read(
  url: string,
  question: RequestInit,
  asked: Asked,
  env: Pick<Env, 'fetch'>,
  signal: AbortSignal,
  take: Take,
): Promise<Outcome<void>> {
  const always: RequestInit = {
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal,
  };
  let response: Response;
  try {
    response = await env.fetch(url, { ...question, ...always });
  } catch {
    return failure(await whyUnreachable(url, always, asked, env));
  }
  const decoder = new TextDecoder();
  let words = '';
  const most = asked.mostBytes ?? MOST_BYTES;
  const hear = (piece: Uint8Array<ArrayBuffer>) => {
    words += decoder.decode(piece, { stream: true });
  };
  try {
    if (!response.ok) await stream(response, hear, MOST_WORDS);
    else if (!(await stream(response, take, most)))
      return {
        ...failure(`sent more than ${Math.round(most / 1024 / 1024)} MB for one question`),
        tooMuch: true,
      };
  } catch {
    return failure('broke off in the middle of its answer');
  }
  if (response.ok) return success(undefined);
  if (response.headers.has(UNFORWARDED))
    return failure(`was not reached through Chalkline’s server: ${words.trim().replace(/\.$/, '')}`);
  const said = asked.errorOf(words);
  if (response.status >= 500)
    return failure(`answered ${response.status}${said ? `: ${said}` : ' (it is there, but not well)'}`);
  return failure(
    said
      ? `refused the question: ${said}`
      : `answered ${response.status}: that address does not speak ${asked.api} to this page`,
  );
}

/**
 * A browser does not say why it could not ask. An answer that may not be read, asked for without CORS, shows
 * that the server is there: then its permission is what is missing.
 */
async function whyUnreachable(
  url: string,
  always: RequestInit,
  asked: Asked,
  env: Pick<Env, 'fetch'>,
): Promise<string> {
  try {
    await env.fetch(url, { ...always, mode: 'no-cors' });
    return `is there, but lets no page of this address ask it (CORS${asked.cors ? `: see ${asked.cors}` : ''})`;
  } catch {
    return 'could not be reached';
  }
}

/** Takes what came; false when no more is wanted. */
type Take = (piece: Uint8Array<ArrayBuffer>) => unknown;

/** Hands over a body; false when there is more of it than that. */
async function stream(response: Response, take: Take, most: number): Promise<boolean> {
  const reader = response.body?.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || !value) return true;
    bytes += value.byteLength;
    if (bytes > most) {
      await reader?.cancel();
      return false;
    }
    if ((await take(value)) === false) {
      await reader?.cancel();
      return true;
    }
  }
}
