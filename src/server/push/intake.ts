/**
 * `POST /v1/traces`: OTLP over HTTP (opentelemetry.io/docs/specs/otlp, "OTLP/HTTP"), JSON and protobuf. Every answer is
 * of the kind that was sent: an ExportTraceServiceResponse, or a google.rpc.Status that says what was wrong.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bracketDepth, otlpSpans, parseJson, type Span } from '../../formats/index.ts';
import { type Body, type Refused, receive } from '../body.ts';
import { type Door, isFromPage } from '../door.ts';
import type { Route } from '../route.ts';
import { ENCODINGS, unpack } from './body.ts';
import { MOST } from './limits.ts';
import { decodeRequest, encodeResponse, encodeStatus, Malformed, type Request, TooMany } from './protobuf.ts';

const PATH = '/v1/traces';
const JSON_TYPE = 'application/json';
const PROTOBUF_TYPE = 'application/x-protobuf';
/** Seconds after which a sender that was turned away may try again. */
const RETRY_AFTER = '2';
/** google.rpc.Code */
const INVALID_ARGUMENT = 3;
const UNAVAILABLE = 14;

export type Received = {
  requests: number;
  /** Requests that were refused whole. */
  refused: number;
  bytes: number;
  spans: number;
  /** Spans without usable ids or times. */
  rejected: number;
};

export type IntakeOptions = {
  door: Door;
  /** Origins whose pages may push. */
  origins: readonly string[];
  take(spans: readonly Span[]): void;
};

type Taken = { rejected: number; why: string };

export function createIntake({ door, origins, take }: IntakeOptions): { route: Route; received: Received } {
  const received: Received = { requests: 0, refused: 0, bytes: 0, spans: 0, rejected: 0 };
  const allowed = new Set(origins);
  let left: number = MOST.underWay;
  /** Bodies are unpacked and read one after the other, so that only one of them is in memory as objects. */
  let turn: Promise<unknown> = Promise.resolve();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    const isJson = type !== PROTOBUF_TYPE;
    response.setHeader('Cache-Control', 'no-store');
    const turnedAway = welcome(request, response);
    if (turnedAway) return refuse(request, response, isJson, turnedAway);
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      return refuse(request, response, isJson, { status: 405, reason: 'Spans are taken by POST.' });
    }
    received.requests++;
    const taken = await read(request, type);
    if ('status' in taken) {
      received.refused++;
      return refuse(request, response, isJson, taken);
    }
    const { rejected, why } = taken;
    const partial =
      rejected > 0 ? { partialSuccess: { rejectedSpans: String(rejected), errorMessage: why } } : {};
    send(response, 200, isJson, isJson ? JSON.stringify(partial) : encodeResponse(rejected, why));
  }

  /** Sets what lets a named page read the answer. Programs that are no browser may always push. */
  function welcome(request: IncomingMessage, response: ServerResponse): Refused | null {
    const { origin } = request.headers;
    response.setHeader('Vary', 'Origin');
    if (origin !== undefined && allowed.has(origin)) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Allow-Methods', 'POST');
      response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Content-Encoding');
      return null;
    }
    return isFromPage(request) ? door.refusal(request) : null;
  }

  async function read(request: IncomingMessage, type: string | undefined): Promise<Taken | Refused> {
    if (type !== JSON_TYPE && type !== PROTOBUF_TYPE)
      return { status: 415, reason: `Spans are taken as ${PROTOBUF_TYPE} or ${JSON_TYPE}.` };
    const encoding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity';
    if (!ENCODINGS.includes(encoding))
      return { status: 415, reason: `A body may come as ${ENCODINGS.join(', ')}.` };
    let held = 0;
    try {
      const body = await receive(request, MOST.body, (bytes) => {
        if (bytes > left) return false;
        left -= bytes;
        held += bytes;
        return true;
      });
      if ('status' in body) return body;
      received.bytes += body.bytes.length;
      const mine = turn.then(async () => takeSpans(await unpack(body.bytes, encoding), type));
      turn = mine.catch(() => {});
      return await mine;
    } finally {
      left += held;
    }
  }

  function takeSpans(body: Body, type: string): Taken | Refused {
    if ('status' in body) return body;
    let request: Request | Refused;
    try {
      request = type === JSON_TYPE ? fromJson(body.bytes) : decodeRequest(body.bytes, MOST.items);
    } catch (error) {
      if (error instanceof TooMany) return tooMany();
      if (error instanceof Malformed) return { status: 400, reason: `no OTLP: ${error.message}` };
      throw error;
    }
    if ('status' in request) return request;
    const { spans, broken } = otlpSpans([request]);
    take(spans);
    received.spans += spans.length + broken.length;
    received.rejected += broken.length;
    const [first] = broken;
    return { rejected: broken.length, why: first ? `${first.path} ${first.reason}` : '' };
  }

  return { route: { path: PATH, answer }, received };
}

const tooMany = (): Refused => ({
  status: 413,
  reason: `the request holds more than ${MOST.items} resources, scopes and spans`,
});

/** Only as deep, as many and of such lists as OTLP has: what is read from it stays in proportion to its size. */
function fromJson(bytes: Buffer): Request | Refused {
  const text = bytes.toString('utf8');
  if (bracketDepth(text) > MOST.depth)
    return { status: 400, reason: `brackets nest more than ${MOST.depth} deep` };
  const parsed = parseJson(text);
  if (!parsed.ok) return { status: 400, reason: `no JSON: ${parsed.reason}, at character ${parsed.at}` };
  let left: number = MOST.items;
  const each = (holder: unknown, ...fields: string[]): boolean => {
    if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return false;
    const [field, ...deeper] = fields;
    if (field === undefined) return true;
    const list: unknown = (holder as Record<string, unknown>)[field] ?? [];
    if (!Array.isArray(list)) return false;
    left -= list.length;
    return left < 0 || list.every((item) => each(item, ...deeper));
  };
  if (!each(parsed.value, 'resourceSpans', 'scopeSpans', 'spans'))
    return { status: 400, reason: 'no OTLP: resourceSpans, scopeSpans and spans must be lists of objects' };
  if (left < 0) return tooMany();
  const { resourceSpans = [] } = parsed.value as Partial<Request>;
  // What scopes were called before OTLP 0.16 would be read, but has not been counted.
  return { resourceSpans: resourceSpans.map(({ resource, scopeSpans = [] }) => ({ resource, scopeSpans })) };
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  isJson: boolean,
  { status, reason }: Refused,
): void {
  const code = status === 503 ? UNAVAILABLE : INVALID_ARGUMENT;
  if (status === 503) response.setHeader('Retry-After', RETRY_AFTER);
  if (status === 415) response.setHeader('Accept-Encoding', ENCODINGS.join(', '));
  // What is still coming is read and thrown away, so that the sender gets to read why.
  if (!request.readableEnded) response.setHeader('Connection', 'close');
  request.resume();
  send(
    response,
    status,
    isJson,
    isJson ? JSON.stringify({ code, message: reason }) : encodeStatus(code, reason),
  );
}

function send(response: ServerResponse, status: number, isJson: boolean, body: string | Uint8Array): void {
  response.setHeader('Content-Type', isJson ? JSON_TYPE : PROTOBUF_TYPE);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.writeHead(status).end(body);
}
