/**
 * Where a draw.io file keeps its XML: plain, in an SVG's `content` attribute, in a page of HTML, in a PNG's text chunk
 * `mxfile`; and a page of it, plain or deflated. Nothing is unpacked beyond a cap.
 */
import { strFromU8 } from 'fflate';
import { isObject, type Opened } from '../format.ts';
import { parseJson } from '../json.ts';
import { megabytes } from '../limits.ts';
import { inflate, unzlib } from '../unpack.ts';
import { parseXml } from './xml.ts';

/** Of unpacked XML: a drawing of thousands of shapes has less than half of it. */
const MOST_XML = 10_000_000;

export type Found = { ok: true; text: string } | { ok: false; path: string; reason: string };

const rootOf = (text: string) => {
  const xml = parseXml(text, { only: true });
  return xml.ok ? xml.root : null;
};
const MODELS = ['mxfile', 'mxGraphModel'];

/** True for what draw.io writes, wherever it stands. */
export function isDrawio(opened: Opened): boolean {
  if (opened.type === 'png') return chunkOf(opened.bytes) !== null;
  if (opened.type !== 'xml') return false;
  return MODELS.includes(rootOf(opened.text)?.name ?? '') || inPicture(opened.text) !== null;
}

/** The XML of a drawing. */
export function xmlIn(opened: Opened): Found {
  if (opened.type === 'png') {
    const chunk = chunkOf(opened.bytes);
    return chunk
      ? inPng(chunk)
      : { ok: false, path: 'chunks', reason: 'this PNG holds no drawing of draw.io' };
  }
  if (opened.type !== 'xml') return { ok: false, path: '1:1', reason: 'is no drawing of draw.io' };
  const text = inPicture(opened.text) ?? opened.text;
  return text.length > MOST_XML ? tooLarge('') : { ok: true, text };
}

const tooLarge = (path: string): Found => ({
  ok: false,
  path,
  reason: `holds more than ${megabytes(MOST_XML)} of XML`,
});

function inPicture(text: string): string | null {
  const root = rootOf(text);
  const content = root?.name === 'svg' ? root.attributes.get('content') : inHtml(text);
  return content !== undefined && MODELS.includes(rootOf(content)?.name ?? '') ? content : null;
}

/** What draw.io exports as HTML has the drawing in an attribute, as a part of JSON. */
function inHtml(text: string): string | undefined {
  const attribute = /\sdata-mxgraph=(?:"[^"]*"|'[^']*')/.exec(text)?.[0];
  const root = attribute === undefined ? null : rootOf(`<div${attribute}/>`);
  const parsed = parseJson(root?.attributes.get('data-mxgraph') ?? '');
  return parsed.ok && isObject(parsed.value) && typeof parsed.value.xml === 'string'
    ? parsed.value.xml
    : undefined;
}

type Chunk = { type: string; data: Uint8Array };

/** The first text chunk with draw.io's keyword. */
function chunkOf(png: Uint8Array): Chunk | null {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at + 12 <= png.length; ) {
    const type = strFromU8(png.subarray(at + 4, at + 8), true);
    const end = at + 12 + view.getUint32(at);
    const data = png.subarray(at + 8, Math.min(end - 4, png.length));
    if (/^[zti][TE][Xx]t$/i.test(type) && strFromU8(data.subarray(0, 7), true) === 'mxfile\0')
      return { type, data };
    at = end;
  }
  return null;
}

function inPng({ type, data }: Chunk): Found {
  const path = `chunk ${type} mxfile`;
  const packed = data.subarray(type === 'zTXt' ? 8 : 7);
  const unpacked = type === 'zTXt' ? unzlib(packed, MOST_XML) : { ok: true as const, bytes: packed };
  if (!unpacked.ok)
    return unpacked.reason === 'too large' ? tooLarge(path) : { ok: false, path, reason: 'is damaged' };
  return decoded(strFromU8(unpacked.bytes, true), path);
}

/** Percent signs stand for bytes of UTF-8. */
function decoded(text: string, path: string): Found {
  try {
    return { ok: true, text: text.startsWith('%3C') ? decodeURIComponent(text) : text };
  } catch {
    return { ok: false, path, reason: 'is not encoded as draw.io encodes it' };
  }
}

/** A page that is packed: XML, percent-encoded, deflated, in base64. */
export function unpackPage(text: string, path: string): Found {
  const plain = text.trim();
  if (plain.startsWith('<') || plain.startsWith('%3C')) return decoded(plain, path);
  if (!/^[A-Za-z0-9+/\s]+=*\s*$/.test(plain)) return { ok: false, path, reason: 'is neither XML nor base64' };
  const unpacked = inflate(bytesOf(plain.replace(/[\s=]+/g, '')), MOST_XML);
  if (!unpacked.ok)
    return unpacked.reason === 'too large'
      ? tooLarge(path)
      : { ok: false, path, reason: 'the packed page is damaged or cut off' };
  return decoded(strFromU8(unpacked.bytes), path);
}

const DIGITS = new Map(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((digit, i) => [
    digit.charCodeAt(0),
    i,
  ]),
);

/** Base64 without its padding. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, count, at] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    bits = ((bits << 6) | DIGITS.get(text.charCodeAt(i))!) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = (bits >> count) & 0xff;
  }
  return bytes;
}
