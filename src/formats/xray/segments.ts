/** Segments of traces → spans. A segment is what one service did; its subsegments are calls it made and work inside. */
import { isObject } from '../format.ts';
import { bracketDepth, parseJson } from '../json.ts';
import { MOST } from '../limits.ts';
import { nanoseconds, type Span, type SpanFile, type SpanKind, spanKey } from '../trace/span.ts';

type Json = Record<string, unknown>;

const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const within = (value: unknown): Json => (isObject(value) ? value : {});

export function segmentSpans(traces: unknown): SpanFile {
  const file: SpanFile = { spans: [], broken: [] };
  for (const [i, trace] of (Array.isArray(traces) ? traces : []).entries()) {
    const segments = isObject(trace) && Array.isArray(trace.Segments) ? trace.Segments : null;
    if (!segments) file.broken.push({ path: `Traces.${i}.Segments`, reason: 'must be a list of segments' });
    for (const [j, segment] of (segments ?? []).entries()) {
      const path = `Traces.${i}.Segments.${j}.Document`;
      const document = documentIn(segment);
      if (typeof document === 'string') file.broken.push({ path, reason: document });
      else addSegment(document, textIn(within(trace).Id) ?? '', path, file);
    }
  }
  return file;
}

/** The segment, which is JSON in a text; or why it is none. */
function documentIn(segment: unknown): Json | string {
  const { Document: text } = within(segment);
  if (isObject(text)) return text;
  if (typeof text !== 'string') return 'must be a segment as text';
  if (bracketDepth(text) > MOST.depth) return `brackets nest deeper than ${MOST.depth}`;
  const parsed = parseJson(text);
  if (!parsed.ok) return `${parsed.reason}, at character ${parsed.at + 1}`;
  return isObject(parsed.value) ? parsed.value : 'must be an object';
}

function addSegment(segment: Json, trace: string, path: string, file: SpanFile): void {
  // What X-Ray makes up for the far end of a call: the subsegment says as much.
  if (segment.inferred === true) return;
  const service = textIn(segment.name);
  const aws = within(segment.aws);
  const ids = [
    within(aws.ec2).instance_id,
    within(aws.ecs).container_id,
    within(aws.eks).pod,
    within(aws.ecs).container,
  ];
  const instance = ids.map(textIn).find((id) => id !== null) ?? null;
  const of = { trace: textIn(segment.trace_id) ?? trace, service, instance };
  const add = (json: Json, parent: string | null, kind: SpanKind, at: string) => {
    const span = spanOf(json, { ...of, parent, kind });
    if (typeof span === 'string') file.broken.push({ path: at, reason: span });
    else file.spans.push(span);
    const id = textIn(json.id);
    for (const [i, inner] of (Array.isArray(json.subsegments) ? json.subsegments : []).entries())
      if (isObject(inner)) add(inner, id, callOf(inner) ?? 'internal', `${at}.subsegments.${i}`);
  };
  add(
    segment,
    textIn(segment.parent_id),
    (segment.type === 'subsegment' && callOf(segment)) || 'server',
    path,
  );
}

/** A call that leaves the service, or a message that it sends; null for work inside. */
function callOf({ namespace, name, aws }: Json): 'client' | 'producer' | null {
  if (namespace !== 'aws' && namespace !== 'remote') return null;
  const isSent = /^(?:Send|Publish)/i.test(textIn(within(aws).operation) ?? '');
  const called = serviceOf(textIn(name) ?? '');
  return isSent && (called === 'SQS' || called === 'SNS') ? 'producer' : 'client';
}

const KNOWN = ['DynamoDB', 'SQS', 'SNS'];
/** SDKs name the same service `DynamoDB`, `dynamodb`, `AmazonDynamoDBv2`, `Amazon SQS`. */
function serviceOf(name: string): string {
  const bare = name.replace(/^(?:Amazon|AWS) ?/i, '').replace(/v\d$/, '');
  return KNOWN.find((known) => known.toLowerCase() === bare.toLowerCase()) ?? name;
}

type Of = Pick<Span, 'service' | 'instance' | 'kind'> & { trace: string; parent: string | null };

function spanOf(json: Json, { trace, parent, kind, service, instance }: Of): Span | string {
  const id = textIn(json.id);
  const key = id === null ? null : spanKey(trace, id);
  if (key === null) return 'must have an id';
  const [start, end] = [json.start_time, json.end_time].map(nanosecondsIn);
  if (start === undefined || start === null) return 'must have a start_time in seconds since 1970';
  if (end === undefined || end === null)
    return json.in_progress === true ? 'is not finished' : 'must have an end_time';
  if (end < start) return 'ends before it begins';
  return {
    ...{ key, service, instance, kind, start, end, host: instance, links: [], detached: false },
    parent: parent === null ? null : spanKey(trace, parent),
    name: operationOf(json),
    failed: json.fault === true,
    attributes: kind === 'client' || kind === 'producer' ? peerOf(json, kind) : new Map(),
  };
}

/** Seconds with a fraction: whole microseconds, which is what a number holds of them. */
const nanosecondsIn = (value: unknown): bigint | null =>
  typeof value === 'number' ? nanoseconds(Math.round(value * 1e6), 1000n) : null;

function operationOf(json: Json): string {
  const request = within(within(json.http).request);
  const url =
    textIn(request.url)
      ?.replace(/^[a-z]+:\/\/[^/]*/i, '')
      .replace(/[?#].*$/s, '') || null;
  const called = [textIn(request.method), url].filter((part) => part !== null).join(' ');
  return textIn(within(json.aws).operation) ?? (called || textIn(json.name) || '');
}

/** Who was called, in the words of OpenTelemetry. */
function peerOf(json: Json, kind: SpanKind): Map<string, string> {
  const [said, aws, sql] = [textIn(json.name) ?? '', within(json.aws), within(json.sql)];
  const name = json.namespace === 'aws' ? serviceOf(said) : said;
  const attributes = new Map<string, string>();
  const say = (key: string, value: string | null) => value !== null && attributes.set(key, value);
  if (kind === 'producer') {
    const destination = textIn(aws.queue_url) ?? textIn(aws.topic_arn);
    say('messaging.system', name === 'SQS' ? 'aws_sqs' : 'aws_sns');
    say('messaging.destination.name', destination?.split(/[/:]/).pop() ?? null);
    return attributes;
  }
  const database = textIn(sql.database_type)?.toLowerCase() ?? (name === 'DynamoDB' ? 'dynamodb' : null);
  if (database !== null) {
    say('db.system', database);
    const [resource] = Array.isArray(aws.resource_names) ? aws.resource_names : [aws.resource_names];
    say('db.name', textIn(aws.table_name) ?? textIn(resource));
    say('server.address', database === 'dynamodb' ? null : (name.split('@').pop() ?? null));
    return attributes;
  }
  say('peer.service', name.replace(/^.*@/, ''));
  const status = within(within(json.http).response).status;
  if (typeof status === 'number') say('http.response.status_code', String(status));
  return attributes;
}
