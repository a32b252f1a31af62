/** What a person types about a source, checked before it becomes part of the board. Pure. */
import { type Id, type Milliseconds, RECORD_SCHEMAS, type SourceConfig } from '../../graph/index.ts';

/** Sources that a person connects; the simulator is switched on. */
export type RealSource = Exclude<SourceConfig, { type: 'simulator' }>;
export type SourceType = RealSource['type'];
export type Checked<T> = { ok: true; value: T } | { ok: false; fault: string };

/** What a form holds. `forward` names a back end that the server asks; null asks at `url` from the page. */
export type Draft = {
  type: SourceType;
  url: string;
  forward: string | null;
  service: string;
  interval: Milliseconds;
  window: Milliseconds;
};

const SOURCE_NAMES: Record<SourceType, string> = {
  prometheus: 'Prometheus',
  jaeger: 'Jaeger',
  zipkin: 'Zipkin',
  pushed: 'Pushed spans',
};

/** Where each answers by default. */
export const USUAL_URLS: Record<Exclude<SourceType, 'pushed'>, string> = {
  prometheus: 'http://localhost:9090',
  jaeger: 'http://localhost:16686',
  zipkin: 'http://localhost:9411',
};

/** `localhost:9090` and `https://host/prometheus/` → the address that questions go to, without a trailing slash. */
export function checkUrl(text: string, type: Exclude<SourceType, 'pushed'> = 'prometheus'): Checked<string> {
  const trimmed = text.trim();
  const refuse = (fault: string) => ({ ok: false, fault }) as const;
  if (trimmed === '') return refuse(`Say where ${SOURCE_NAMES[type]} answers, such as ${USUAL_URLS[type]}`);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    return refuse(`${scheme}:// can't be asked from here: use http:// or https://`);
  const whole = scheme === undefined ? `http://${trimmed}` : trimmed;
  if (!URL.canParse(whole)) return refuse('This is not a URL: host:port or http://host:port/path');
  const url = new URL(whole);
  if (url.username !== '' || url.password !== '' || /^[^/?#]*@/.test(whole.slice(whole.indexOf('//') + 2)))
    return refuse('Leave out user name and password: a board is shared, and would carry them along');
  if (url.search !== '' || url.hash !== '')
    return refuse('Leave out what follows ? or #: questions are added here');
  return { ok: true, value: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** The source as the board keeps it. */
export function sourceOf(id: Id, draft: Draft): Checked<RealSource> {
  const { type, interval, window } = draft;
  if (type === 'pushed')
    return { ok: true, value: { id, type, name: SOURCE_NAMES.pushed, interval, window } };
  const url: Checked<string> =
    draft.forward === null ? checkUrl(draft.url, type) : { ok: true, value: `forward:${draft.forward}` };
  if (!url.ok) return url;
  const place = draft.forward ?? new URL(url.value).host;
  const polled = { id, name: `${SOURCE_NAMES[type]} ${place}`, url: url.value, interval, window };
  const service = draft.service.trim();
  const source: RealSource =
    type === 'prometheus' ? { ...polled, type } : { ...polled, type, ...(service !== '' && { service }) };
  const parsed = RECORD_SCHEMAS.sources.safeParse(source);
  if (parsed.success) return { ok: true, value: source };
  return { ok: false, fault: parsed.error.issues[0]?.message ?? 'The board can not keep this source' };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const INTERVALS: readonly Milliseconds[] = [2, 5, 10, 15, 30, 60].map((each) => each * SECOND);
export const WINDOWS: readonly Milliseconds[] = [0.25, 0.5, 1, 2, 5, 15, 60].map((each) => each * MINUTE);

/** How often each is asked, over how long: what it can well bear, and what its figures are good for. */
export const USUAL_TIMES: Record<SourceType, Pick<Draft, 'interval' | 'window'>> = {
  prometheus: { interval: 5 * SECOND, window: MINUTE },
  jaeger: { interval: 15 * SECOND, window: 5 * MINUTE },
  zipkin: { interval: 15 * SECOND, window: 5 * MINUTE },
  pushed: { interval: 2 * SECOND, window: MINUTE },
};

/** The choices with the present value among them, ascending. */
export const withPresent = (choices: readonly Milliseconds[], present: Milliseconds): Milliseconds[] =>
  [...new Set([...choices, present])].sort((a, b) => a - b);
