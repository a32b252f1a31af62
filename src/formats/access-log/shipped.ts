/** What stands before or around a line because of the way it came: syslog, Docker, Kubernetes, a shipper's JSON. */
import { isObject } from '../format.ts';

/**
 * `2026-03-04T05:06:07.1Z stdout F …` (CRI), `proxy-1  | …` (Docker Compose), `[pod/a/b] …` (kubectl), `Mar  4 05:06:07
 * host haproxy[7]: …` (syslog); Envoy and what is made of it may begin lines with `ACCESS`.
 */
const BEFORE = new RegExp(
  [
    '^(?:',
    ['\\S{20,40} std(?:out|err) [FP] ', '[\\w.-]{1,100} +\\| ', '\\[pod/[^\\]]{1,200}\\] '].join('|'),
    '|(?:<\\d{1,3}>)?(?:[A-Z][a-z]{2} [ \\d]\\d [\\d:]{8}|\\d{4}-\\d\\d-\\d\\dT[\\d:.+Z-]{8,25}) ',
    '\\S{1,200} [\\w./-]{1,100}(?:\\[\\d{1,10}\\])?: )?(?:ACCESS )?',
  ].join(''),
);
/** Caddy's lines on a console: the time, and JSON without it. */
const CADDY =
  /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d\.\d{1,9})\s+(?:INFO|ERROR|info|error)\s+http\.log\.access\S*\s+[^{]{0,100}\{/;

/** The line as it was written. */
export function bareLine(line: string): string {
  const bare = line.replace(BEFORE, '');
  return bare.replace(CADDY, '{"ts":"$1-$2-$3 $4",');
}

/**
 * What proxies say of themselves, among their requests: nginx's error log and what its image prints, HAProxy's notices,
 * Envoy's and Traefik's own logs.
 */
const ASIDE = new RegExp(
  [
    '^(?:\\d{4}/\\d\\d/\\d\\d [\\d:]{8} \\[(?:debug|info|notice|warn|error|crit|alert|emerg)\\] |/docker-entrypoint\\.|\\d\\d-[\\w-]+\\.sh: ',
    'Proxy \\S+ (?:started|stopped)|(?:Stopping|Starting) (?:frontend|backend|proxy|listener) |(?:Backup )?Server \\S+/\\S+ (?:is|was) ',
    '(?:backend|proxy|listener) \\S+ has no server |Health check for |Connect from |(?:New|Former) worker |\\[(?:NOTICE|WARNING|ALERT)\\] ',
    '\\[\\d{4}-\\d\\d-\\d\\d [\\d:.]{8,15}\\]\\[\\d{1,9}\\]\\[\\w{4,8}\\]|time="[^"]{10,40}" level=\\w{4,7} msg=)',
  ].join('|'),
);
export const isAside = (line: string): boolean => ASIDE.test(line);

/** The same in JSON: Caddy's and Traefik's other loggers. */
export const isAsideIn = (value: unknown): boolean =>
  isObject(value) &&
  'level' in value &&
  ('msg' in value || 'message' in value) &&
  Object.keys(value).every((name) => !/status|code|request/i.test(name));

const HOLDERS = ['log', 'message', 'MESSAGE', 'line', 'textPayload'];

/** The lines inside of JSON, each where it stood in the file; null where most objects hold none. */
export function linesWithin(objects: readonly { line: number; value: unknown }[]): string | null {
  const lines: string[] = [];
  let found = 0;
  for (const { line, value } of objects) {
    const texts = isObject(value) ? HOLDERS.map((name) => value[name]) : [];
    const text = texts.find((each) => typeof each === 'string' && each.trim() !== '');
    if (typeof text !== 'string') continue;
    while (lines.length < line - 1) lines.push('');
    lines[line - 1] = text.trim().replaceAll('\n', ' ');
    found++;
  }
  return found * 2 > objects.length ? lines.join('\n') : null;
}
