/** Takes a file's wrapping off: gzip, encoding, JSON syntax. By content; the suffix only helps the words. */
import { type FileInput, type Opened, type Refusal, refuse } from './format.ts';
import { bracketDepth, lineAndColumn, parseJson, parseJsonLines } from './json.ts';
import { MOST, megabytes } from './limits.ts';
import { isPng } from './png.ts';
import { gunzip, isGzip } from './unpack.ts';
import { isZip } from './zip.ts';

export function openFile({ name, bytes: packed }: FileInput): { ok: true; opened: Opened } | Refusal {
  if (packed.length === 0) return refuse(name, '', 'the file is empty');
  if (packed.length > MOST.file)
    return refuse(
      name,
      '',
      `is ${megabytes(packed.length)}; files up to ${megabytes(MOST.file)} can be read`,
    );
  if (isPng(packed)) return { ok: true, opened: { type: 'png', bytes: packed } };
  const claimed = CLAIMS.find(({ suffix }) => name.toLowerCase().endsWith(suffix));
  if (claimed && !claimed.test(packed))
    return refuse(name, 'first bytes', `is named ${claimed.suffix} but does not begin like one`);
  let bytes = packed;
  if (isGzip(packed)) {
    const unpacked = gunzip(packed, MOST.file);
    if (!unpacked.ok)
      return refuse(
        name,
        'gzip',
        unpacked.reason === 'damaged'
          ? 'the compressed data is damaged or cut off'
          : `unpacks to more than ${megabytes(MOST.file)}`,
      );
    bytes = unpacked.bytes;
    if (bytes.length === 0) return refuse(name, 'gzip', 'holds an empty file');
  }
  const decoded = decode(bytes);
  if (!decoded.ok) return refuse(name, decoded.path, decoded.reason);
  const { text } = decoded;
  if (looksLikeXml(text)) return { ok: true, opened: { type: 'xml', text } };
  const isNamedSketch = name.toLowerCase().endsWith('.sketch');
  if (isNamedSketch || /^\s*[^\s[{]/.test(text))
    return { ok: true, opened: { type: 'text', text, isNamedSketch } };
  // What is not JSON as a whole may still be lines of it, some of which are broken.
  const notJson = (path: string, reason: string) => {
    const opened: Opened = { type: 'text', text, isNamedSketch, notJson: { path, reason } };
    return { ok: true as const, opened };
  };
  const depth = bracketDepth(text);
  if (depth > MOST.depth)
    return notJson('', `brackets nest ${depth} deep; at most ${MOST.depth} can be read`);
  const parsed = parseJson(text);
  const read = parsed.ok
    ? { ok: true as const, values: [parsed.value], lines: [1] }
    : (parseJsonLines(text) ?? parsed);
  if (!read.ok) return notJson(lineAndColumn(text, read.at), read.reason);
  const { values, lines } = read;
  return { ok: true, opened: { type: 'json', values, lines, size: text.length, depth } };
}

/** Suffixes that promise bytes which only damage or a wrong name explains away. */
const CLAIMS = [
  { suffix: '.png', test: isPng },
  { suffix: '.gz', test: isGzip },
  { suffix: '.zip', test: isZip },
];

/** A drawing may begin with a declaration, a comment or a doctype. */
const looksLikeXml = (text: string) => /^\s*<[?!a-zA-Z]/.test(text);

type Decoded = { ok: true; text: string } | { ok: false; path: string; reason: string };

/** UTF-8, with or without a byte order mark. */
function decode(bytes: Uint8Array): Decoded {
  const [a, b] = bytes;
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  if (marked || a === 0 || b === 0)
    return { ok: false, path: '1:1', reason: 'is UTF-16 or UTF-32 text, or binary; save it as UTF-8' };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    return { ok: false, path: lineAndColumn(text, text.indexOf('\ufffd')), reason: 'is not UTF-8 text' };
  }
}
