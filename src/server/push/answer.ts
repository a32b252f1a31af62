/** `GET /telemetry/traces`: what pushed spans show, now or at moments of the past. For pages of this server only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { EpochMs, Milliseconds } from '../../graph/index.ts';
import { PUSHED_PATH, type PushedAnswer } from '../../telemetry/index.ts';
import type { Door } from '../door.ts';
import { type Route, words } from '../route.ts';
import { MOST } from './limits.ts';
import { type Asked, look } from './look.ts';
import { MEMORY, type Ring } from './ring.ts';

const SHORTEST: Milliseconds = 1000;
const WINDOW: Milliseconds = 60_000;
/** Answers shorter than this are not worth compressing. Bytes. */
const SMALL = 1024;
const zip = promisify(gzip);

export function createAnswer(
  ring: Ring,
  door: Door,
  now: () => EpochMs,
  traffic: () => PushedAnswer['traffic'],
): Route {
  return {
    path: PUSHED_PATH,
    async answer(request, response) {
      const turnedAway = door.refusal(request);
      if (turnedAway) return words(request, response, turnedAway.status, turnedAway.reason);
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('Allow', 'GET, HEAD');
        return words(request, response, 405, 'This is only read: GET and HEAD.');
      }
      const asked = askedOf(new URLSearchParams(request.url?.split('?')[1] ?? ''), now());
      if (typeof asked === 'string') return words(request, response, 400, asked);
      const answer = { ...look(ring, asked, now()), traffic: traffic() };
      await send(request, response, JSON.stringify(answer));
    },
  };
}

/** What is asked for, or why it can't be answered. */
function askedOf(search: URLSearchParams, now: EpochMs): Asked | string {
  const number = (name: string, absent: number) => {
    const text = search.get(name);
    return text === null || text === '' ? absent : Number(text);
  };
  const to = Math.min(number('to', now), now);
  const [from, step, window] = [number('from', to), number('step', WINDOW), number('window', WINDOW)];
  if (![to, from, step, window].every(Number.isFinite))
    return 'from, to, step and window must be milliseconds.';
  if (from > to) return 'from must not be after to.';
  if (!(step > 0) || window < SHORTEST) return `step must be above 0, and window at least ${SHORTEST}.`;
  if ((to - from) / step >= MOST.frames)
    return `That is more than ${MOST.frames} moments: ask for a longer step.`;
  const only = search.get('only');
  return {
    ...{ from, to, step, window: Math.min(window, MEMORY) },
    only: only === null ? null : new Set(only.split(',')),
  };
}

async function send(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
  const isPacked = text.length > SMALL && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const body = isPacked ? await zip(text, { level: 1 }) : Buffer.from(text);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Vary', 'Accept-Encoding');
  if (isPacked) response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Length', body.length);
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : body);
}
