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
  const isLong = (text: string | null) => text !== null && text.length > limits.text;
  const { name, service, instance, host, links } = span;
  const isFine =
    ![name, service, instance, host].some(isLong) &&
    links.length <= limits.links &&
    ![...span.attributes.values()].some(isLong);
  if (isFine) return span;
  const cut = (text: string) => (isLong(text) ? own(text.slice(0, limits.text)) : text);
  const cutIf = (text: string | null) => (text === null ? null : cut(text));
  return {
    ...span,
    ...{ name: cut(name), service: cutIf(service), instance: cutIf(instance), host: cutIf(host) },
    links: links.slice(0, limits.links),
    attributes: new Map([...span.attributes].map(([key, value]) => [key, cut(value)])),
  };
}

/** A copy: V8's slice would keep the whole text alive behind the part. */
const own = (text: string): string => Buffer.from(text).toString();
