/** Asks a target and hands its answer on as it comes: checked, unpacked, bounded, and without the secrets it was asked with. */
import {
  Agent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest, Agent as SecureAgent } from 'node:https';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Refusal } from '../door.ts';
import { bare, FORBIDDEN_CODE, guardedLookup } from './address.ts';
import type { Target } from './config.ts';
import { TIMES } from './limits.ts';
import { redacting, secretsOf } from './redact.ts';

/** Already allowed: neither path nor query can lead anywhere else. */
export interface Question {
  method: string;
  path: string;
  query: string;
  accept: string;
  /** A form, where it is asked by POST. */
  form: Buffer | null;
}

export interface Relay {
  /** Resolves once all is handed on, or with why nothing was. */
  ask: (question: Question, response: ServerResponse) => Promise<Refusal | null>;
  close: () => void;
}

export function createRelay(target: Target): Relay {
  const isSecure = target.url.protocol === 'https:';
  const agent = new (isSecure ? SecureAgent : Agent)({ keepAlive: true });
  const send = isSecure ? httpsRequest : httpRequest;
  const base = target.url.pathname.replace(/\/+$/, '');

  /** @returns the head of the answer */
  function put(
    question: Question,
    headers: OutgoingHttpHeaders,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asking = send({
        ...{ agent, signal, headers, method: question.method, lookup: guardedLookup },
        ...{ host: bare(target.url.hostname), port: target.url.port, setHost: false },
        path: base + question.path + question.query,
      });
      asking.on('response', resolve);
      asking.on('error', (error: NodeJS.ErrnoException) => {
        // The target had closed a connection that was kept: nothing was asked yet. Questions only read.
        if (asking.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted)
          put(question, headers, signal).then(resolve, reject);
        else reject(error);
      });
      asking.end(question.form ?? undefined);
    });
  }

  return {
    async ask(question, response) {
      const controller = new AbortController();
      const late = () => controller.abort(LATE);
      const whole = setTimeout(late, TIMES.whole);
      let timer = setTimeout(late, target.timeout);
      const leave = () => controller.abort();
      response.on('close', leave);
      try {
        const values = await Promise.all(
          target.headers.map(async ({ name, value, isSecret }) => ({ name, value: await value(), isSecret })),
        ).catch(() => null);
        if (!values) return { status: 502, reason: `the credentials for ${target.name} can’t be read` };
        const headers: OutgoingHttpHeaders = {
          Host: target.url.host,
          Accept: question.accept,
          'Accept-Encoding': 'gzip',
          'User-Agent': 'Chalkline',
          ...(question.form && {
            'Content-Type': 'application/x-www-form-urlencoded',
            'Content-Length': question.form.length,
          }),
          ...Object.fromEntries(values.map(({ name, value }) => [name, value])),
        };
        const answer = await put(question, headers, controller.signal);
        clearTimeout(timer);
        const refusal = refusalOf(answer, target);
        if (refusal) {
          answer.destroy();
          return refusal;
        }
        response.writeHead(answer.statusCode!, {
          'Content-Type': contentTypeOf(answer),
          'Cache-Control': 'no-store',
        });
        const heard = () => {
          clearTimeout(timer);
          timer = setTimeout(late, TIMES.silence);
        };
        heard();
        const secrets = secretsOf(values.filter(({ isSecret }) => isSecret).map(({ value }) => value));
        const unpack = answer.headers['content-encoding'] === 'gzip' ? [createGunzip()] : [];
        const steps = [...unpack, bounded(target.mostBytes, heard), redacting(secrets)];
        await pipeline([answer, ...steps, response], { signal: controller.signal });
        return null;
      } catch (error) {
        // Half an answer is broken off, so that nobody takes it for a whole one.
        if (response.headersSent || response.destroyed) {
          response.destroy();
          return null;
        }
        return whyNot(error, controller.signal, target);
      } finally {
        clearTimeout(whole);
        clearTimeout(timer);
        response.off('close', leave);
        controller.abort();
      }
    },
    close: () => agent.destroy(),
  };
}

const LATE = new Error('late');

/** Why an answer can't be handed on; null when it can. */
function refusalOf(
  { statusCode = 0, headers }: IncomingMessage,
  { name, mostBytes }: Target,
): Refusal | null {
  if (statusCode >= 300 && statusCode < 400)
    return { status: 502, reason: `${name} answered with a redirect, and none is followed: check its url` };
  if (statusCode === 401 || statusCode === 403 || statusCode === 407)
    return { status: 502, reason: `${name} refused the credentials it was asked with (${statusCode})` };
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity')
    return { status: 502, reason: `${name} answered in an encoding that it was not asked for` };
  if (Number(headers['content-length'] ?? 0) > mostBytes)
    return { status: 502, reason: tooLarge(name, mostBytes) };
  return null;
}

const tooLarge = (name: string, most: number): string =>
  `${name} answered with more than ${Math.round(most / 1000) / 1000} MB: ask for less, or raise its mostBytes`;

/** Nothing that a browser would run or draw: it would be as if this server had sent it. */
const contentTypeOf = ({ headers }: IncomingMessage): string =>
  /^application\/json\b/i.test(headers['content-type'] ?? '')
    ? 'application/json; charset=utf-8'
    : 'text/plain; charset=utf-8';

function bounded(most: number, heard: () => void): Transform {
  let bytes = 0;
  return new Transform({
    transform(piece: Buffer, _encoding: string, done: TransformCallback) {
      heard();
      bytes += piece.length;
      if (bytes > most) done(new Error('too large'));
      else done(null, piece);
    },
  });
}

/** In words without addresses: whoever asks need not know where targets are. */
function whyNot(error: unknown, signal: AbortSignal, { name, timeout }: Target): Refusal {
  if (signal.reason === LATE)
    return { status: 504, reason: `${name} gave no answer within ${timeout / 1000} s` };
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  if (code === FORBIDDEN_CODE)
    return { status: 502, reason: `${name} leads to a link-local address, which is never asked` };
  return { status: 502, reason: `${name} could not be reached (${code})` };
}
