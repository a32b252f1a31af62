/**
 * Asks telemetry back ends in the page's stead: those that want credentials or a tenant, or let no page ask them.
 *
 *   /forward/NAME/<path>?<query> ─► door ─► target ─► its questions ─► turn ─► relay ─► answer
 *                                           config       apis
 *
 * Invariant: the page names a target and one of the questions of its API; addresses and secrets stay here. Without
 * configuration nothing is forwarded. `GET /forward` lists names and types.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGate, UNFORWARDED } from '../../telemetry/index.ts';
import { receive } from '../body.ts';
import type { Door, Refusal } from '../door.ts';
import { type Route, words } from '../route.ts';
import { methodsOf } from './apis.ts';
import type { Target } from './config.ts';
import { MOST } from './limits.ts';
import { createRelay, type Question } from './relay.ts';

export { readTargets, type Target } from './config.ts';

export interface Forward {
  routes: readonly Route[];
  close: () => void;
}

/** Where a question goes, and what must be answered to it here. */
interface Refused extends Refusal {
  allow?: readonly string[];
}

export function createForward(targets: readonly Target[], door: Door): Forward {
  const byName = new Map(
    targets.map((target) => {
      const relay = createRelay(target);
      return [target.name, { target, relay, inTurn: createGate(target.atOnce), waiting: 0 }];
    }),
  );

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<Refused | null> {
    const [, name = '', path = '', query = ''] = ADDRESS.exec(request.url ?? '') ?? [];
    const known = byName.get(name);
    if (!known) return { status: 404, reason: unknown(name, byName.size) };
    const { target, relay, inTurn } = known;
    const { method = '' } = request;
    const allow = methodsOf(target.api, path);
    if (allow.length === 0)
      return {
        status: 404,
        reason: `it forwards to ${name} only what a ${target.api} is asked in order to read`,
      };
    if (!allow.includes(method))
      return { status: 405, reason: `${path} is asked by ${allow.join(' or ')}`, allow };
    if (query.length > MOST.query) return { status: 414, reason: 'the question is too long for an address' };
    if (known.waiting >= MOST.waiting + target.atOnce)
      return { status: 503, reason: `too many questions to ${name} are waiting` };
    known.waiting++;
    try {
      const form = method === 'POST' ? await formOf(request) : null;
      if (form && 'status' in form) return form;
      const question = { method, path, query, accept: acceptOf(request), form };
      return await inTurn(async () => (response.destroyed ? null : relay.ask(question, response)));
    } finally {
      known.waiting--;
    }
  }

  const answered = (ask: (request: IncomingMessage, response: ServerResponse) => Promise<Refused | null>) => {
    return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const refused = door.refusal(request) ?? (await ask(request, response));
      if (refused) refuse(request, response, refused);
    };
  };
  const list = JSON.stringify({ targets: targets.map(({ name, api }) => ({ name, type: api })) });
  return {
    routes: [
      {
        path: '/forward',
        answer: answered(async (request, response) => {
          if (request.method !== 'GET') return { status: 405, reason: 'This is only read.', allow: ['GET'] };
          response.setHeader('Content-Type', 'application/json; charset=utf-8');
          response.setHeader('Cache-Control', 'no-store');
          response.end(list);
          return null;
        }),
      },
      { path: '/forward/', answer: answered(forward) },
    ],
    close() {
      for (const { relay } of byName.values()) relay.close();
    },
  };
}

/** As it was sent, not as anybody would tidy it: name, path, and the query with its question mark. */
const ADDRESS = /^\/forward\/([a-z0-9-]{1,63})(\/[A-Za-z0-9_/]*)(\?[\x21\x22\x24-\x7e]*)?$/;

const unknown = (name: string, count: number): string =>
  count === 0
    ? 'it forwards nothing, since no targets are configured (docs/server.md says how)'
    : `it has no target${name && ` called ${name}`}, or not at such an address`;

/** What the page may say of the answer it wants. */
const acceptOf = ({ headers: { accept = '' } }: IncomingMessage): string =>
  /^[\w/*+;=., -]{1,200}$/.test(accept) ? accept : 'application/json';

async function formOf(request: IncomingMessage): Promise<Question['form'] | Refused> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded' || request.headers['content-encoding'] !== undefined)
    return { status: 415, reason: 'a question comes as application/x-www-form-urlencoded' };
  const body = await receive(request, MOST.form);
  return 'status' in body ? body : body.bytes;
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, reason, allow }: Refused,
): void {
  response.setHeader(UNFORWARDED, 'true');
  if (allow) response.setHeader('Allow', allow.join(', '));
  if (status === 503) response.setHeader('Retry-After', '2');
  // What is still coming is read and thrown away, so that the sender gets to read why.
  if (!request.readableEnded) response.setHeader('Connection', 'close');
  request.resume();
  words(request, response, status, reason);
}
