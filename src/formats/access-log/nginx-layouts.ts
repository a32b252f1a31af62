/**
 * How lines of nginx may be laid out: as a log_format above them says, or else as one of those that are common, the
 * combined one with more behind it. Times that bear no name are only taken for what they are in these orders.
 */
import { contradicts, nginxRequest } from './nginx.ts';
import { closingQuote, endOfList, endOfWord, match, type Pattern, patternOf } from './pattern.ts';
import { CUT_TWICE, type Layout, type Readers } from './request.ts';

const COMMON = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent';
const COMBINED = `${COMMON} "$http_referer" "$http_user_agent"`;
const INGRESS =
  `${COMBINED} $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] ` +
  '$upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id';

const ORDERS = [
  ['request_time', 'upstream_response_time', 'upstream_addr'],
  ['request_time', 'upstream_addr', 'upstream_response_time'],
  ['upstream_addr', 'upstream_response_time', 'request_time'],
  ['request_time', 'upstream_response_time'],
  ['request_time'],
];

/** In the order in which they are preferred where several read the same lines. */
export function nginxLayouts(readers: Readers): Layout<string>[] {
  const orders = [COMBINED, `${COMBINED} "$http_x_forwarded_for"`, COMMON].flatMap((start) =>
    ORDERS.flatMap((order) => [
      `${start} ${order.map((name) => `$${name}`).join(' ')}`,
      `${start} ${order.map((name) => `"$${name}"`).join(' ')}`,
    ]),
  );
  const known = (format: string) => nginxLayout(patternOf(format) as Pattern, format, readers);
  return [
    known(INGRESS),
    ...orders.map((format) => inOrder(known(format), format)),
    ...[COMBINED, COMMON].map((start) => labelled(start, readers)),
    ...[COMBINED, COMMON].map(known),
    ...[COMBINED, COMMON].map((start) => ({
      ...known(`${start} $the_rest`),
      remark: `what stands behind ${start} is not understood and left out; with the log_format itself, as in nginx.conf, on top of the log it is`,
    })),
  ];
}

/** @param name of the layout, as it is known */
export function nginxLayout(pattern: Pattern, name: string, readers: Readers): Layout<string> {
  return {
    ...{ product: 'nginx', name: `nginx’s ${name}`, note: CUT_TWICE },
    read(line) {
      const fields = match(pattern, line);
      return fields ? nginxRequest(fields, readers) : 'is not laid out like the others';
    },
  };
}

/** Only the order says which time is which. */
const inOrder = (layout: Layout<string>, format: string): Layout<string> => ({
  ...layout,
  remark: `read as ${format}; if it is another, put the log_format itself, as in nginx.conf, on top of the log`,
  read(line) {
    const request = layout.read(line);
    if (request === null || typeof request === 'string' || !contradicts(request)) return request;
    return 'has an upstream that took longer than the whole request';
  },
});

/** What values are called in front of them, besides by the variable's own name. */
const LABELS: Readonly<Record<string, string>> = {
  rt: 'request_time',
  req_time: 'request_time',
  reqtime: 'request_time',
  urt: 'upstream_response_time',
  ut: 'upstream_response_time',
  upstream_time: 'upstream_response_time',
  ua: 'upstream_addr',
  uaddr: 'upstream_addr',
  upstream: 'upstream_addr',
  us: 'upstream_status',
  ustatus: 'upstream_status',
};
const OWN = [
  'request_time',
  'upstream_response_time',
  'upstream_addr',
  'upstream_status',
  'proxy_host',
  'msec',
];
const variableOf = (label: string): string | null =>
  Object.hasOwn(LABELS, label) ? LABELS[label]! : OWN.includes(label) ? label : null;

/** `rt=0.123 urt="0.120" ua="10.0.0.1:80"` behind what all lines begin with, in any order, other things between. */
function labelled(start: string, readers: Readers): Layout<string> {
  const pattern = patternOf(`${start} $the_rest`) as Pattern;
  return {
    ...{ product: 'nginx', name: 'nginx’s combined log with named values behind', note: CUT_TWICE },
    read(line) {
      const fields = match(pattern, line);
      const labels = fields && labelsIn(fields.get('the_rest')!);
      if (!labels) return 'is not laid out like the others';
      if (labels.size === 0) return 'has no rt=… or urt=… behind';
      for (const [name, value] of fields) labels.set(name, value);
      return nginxRequest(labels, readers);
    },
  };
}

const LABEL = /([a-z_]+)[=:] ?/y;

function labelsIn(text: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (let at = 0; at < text.length; at++) {
    LABEL.lastIndex = at;
    const found = LABEL.exec(text);
    const variable = found && variableOf(found[1]!);
    if (variable) at += found[0].length;
    const isQuoted = text[at] === '"';
    const from = isQuoted ? at + 1 : at;
    const end = isQuoted
      ? closingQuote(text, from)
      : variable
        ? endOfList(text, from)
        : endOfWord(text, from);
    if (end === -1) break;
    if (variable) labels.set(variable, text.slice(from, end));
    at = isQuoted ? end + 1 : end;
  }
  return labels;
}

export type Stated = { format: string /** Where the lines begin. */; end: number };

const HEAD = /\s*log_format\s+([\w-]+)\s+(?:escape=\w+\s+)?/y;
const STRING = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s;'"]+))/y;

/** The log_format that a text begins with, in as many quoted pieces as nginx allows; null where it begins with none. */
export function statedFormat(text: string): Stated | null {
  HEAD.lastIndex = 0;
  if (!HEAD.exec(text)) return null;
  let format = '';
  let end = HEAD.lastIndex;
  for (STRING.lastIndex = end; ; ) {
    const found = STRING.exec(text);
    if (!found) break;
    format += (found[1] ?? found[2] ?? found[3]!).replace(/\\(["'\\])/g, '$1');
    end = STRING.lastIndex;
  }
  const semicolon = /\s*;/y;
  semicolon.lastIndex = end;
  return semicolon.test(text) && format !== '' ? { format, end: semicolon.lastIndex } : null;
}
