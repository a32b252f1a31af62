/** Requests by what they ask for: method, and path without what is different each time. */

const LONGEST = 200;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Eight hexadecimal digits and more, one of them a decimal one: `deadbeef` is a word. */
const HEX = /^(?=.*\d)[0-9a-f]{8,}$/i;
/** `order-20412`, `SKU_99120`. */
const NUMBERED = /\d{4}/;
/** Keys that are written in letters and digits: ULIDs, base64. */
const KEY = /^(?=(?:.*\d){3})[\w.~=-]{16,}$/;

const isId = (segment: string): boolean =>
  /^\d+$/.test(segment) ||
  NUMBERED.test(segment) ||
  UUID.test(segment) ||
  HEX.test(segment) ||
  KEY.test(segment);

/** `/carts/1234/items?page=2` → `/carts/:id/items`. */
function templateOf(path: string): string {
  const end = path.search(/[?#;]/);
  const bare = (end === -1 ? path : path.slice(0, end)).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  const folded = bare.split('/').map((segment) => (isId(segment) ? ':id' : segment));
  return folded.join('/') || '/';
}

/** Remembers what it has been asked, since logs repeat themselves; `most` bounds that. */
export function operations(most = 10_000): (method: string, path: string) => string {
  const known = new Map<string, string>();
  return (method, path) => {
    const asked = `${method} ${path.slice(0, 2000)}`;
    let operation = known.get(asked);
    if (operation === undefined) {
      operation = `${method} ${templateOf(path.slice(0, 2000))}`.slice(0, LONGEST);
      if (known.size < most) known.set(asked, operation);
    }
    return operation;
  };
}

/** `GET /carts/7 HTTP/1.1`: its method and path; null for what is no request of HTTP. */
export function requestLine(line: string): { method: string; path: string } | null {
  const method = line.indexOf(' ');
  const end = line.lastIndexOf(' ');
  const isHttp = method > 0 && end > method && line.startsWith('HTTP/', end + 1);
  if (!isHttp || !/^[A-Z][A-Z_-]{1,19}$/.test(line.slice(0, method))) return null;
  return { method: line.slice(0, method), path: line.slice(method + 1, end) };
}
