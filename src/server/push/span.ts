/** Spans as strangers push them, made small enough to be kept. */
import type { Span } from '../../formats/index.ts';
import type { Limits } from './limits.ts';

/** Of a span without its texts, as V8 lays it out with its map of attributes. Bytes. */
const FRAME = 600;
/** Of an attribute besides its text. */
const ENTRY = 60;

/** The part of a span's key that all spans of its trace share. */
export const traceOf = (key: string): string => key.slice(0, key.indexOf('/'));

/** What a span takes, roughly. Bytes. */
export function weightOf(span: Span): number {
  let weight = FRAME + span.name.length + 64 * span.links.length;
  for (const value of span.attributes.values()) weight += ENTRY + value.length;
  return weight;
}

/** The span with its texts and links cut to what is kept of them. The same object where nothing is too long. */
export function trimmed(span: Span, limits: Limits): Span {
  if (isFine(span, limits)) return span;
  const cut = (text: string) => (text.length > limits.text ? own(text.slice(0, limits.text)) : text);
  const cutIf = (text: string | null) => (text === null ? null : cut(text));
  const { name, service, instance, host, links, attributes } = span;
  return {
    ...span,
    ...{ name: cut(name), service: cutIf(service), instance: cutIf(instance), host: cutIf(host) },
    links: links.slice(0, limits.links),
    attributes: new Map([...attributes].map(([key, value]) => [key, cut(value)])),
  };
}

function isFine({ name, service, instance, host, links, attributes }: Span, limits: Limits): boolean {
  const most = limits.text;
  if (name.length > most || links.length > limits.links) return false;
  if ((service?.length ?? 0) > most || (instance?.length ?? 0) > most || (host?.length ?? 0) > most)
    return false;
  for (const value of attributes.values()) if (value.length > most) return false;
  return true;
}

/** A copy: V8's slice would keep the whole text alive behind the part. */
const own = (text: string): string => Buffer.from(text).toString();
