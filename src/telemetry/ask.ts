/** Asks over HTTP as a page may: no credentials, no header that would need a preflight, and no answer without end. */
import { failure, type Outcome, success } from './outcome.ts';
import type { Env } from './source.ts';

/** Bytes of an answer read at most. */
const MOST_BYTES = 50 * 1024 * 1024;

export type Asked = {
  /** What its API is called: "the Prometheus API". */
  api: string;
  /** What the body of a refusal says in words, if it does. */
  errorOf(text: string): string | null;
  /** Where it can be told to let pages ask it. */
  cors?: string;
};

/** The text of an answer; why there is none, in words that follow the name of who was asked. */
export async function ask(
  url: string,
  question: RequestInit,
  asked: Asked,
  env: Pick<Env, 'fetch'>,
  signal: AbortSignal,
): Promise<Outcome<string>> {
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
  let text: string | null;
  try {
    text = await textOf(response);
  } catch {
    return failure('broke off in the middle of its answer');
  }
  if (text === null) return failure(`sent more than ${MOST_BYTES / 1024 / 1024} MB for one question`);
  if (response.ok) return success(text);
  const said = asked.errorOf(text);
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

/** The body, or null when it is too large. */
async function textOf(response: Response): Promise<string | null> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
