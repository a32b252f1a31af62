/** What a person types about a source, checked before it becomes part of the board. Pure. */
import { type Id, type Milliseconds, RECORD_SCHEMAS, type SourceConfig } from '../../graph/index.ts';

type PrometheusSource = Extract<SourceConfig, { type: 'prometheus' }>;
export type Checked<T> = { ok: true; value: T } | { ok: false; fault: string };

/** `localhost:9090` and `https://host/prometheus/` → the address that queries go to, without a trailing slash. */
export function checkUrl(text: string): Checked<string> {
  const trimmed = text.trim();
  const refuse = (fault: string) => ({ ok: false, fault }) as const;
  if (trimmed === '') return refuse('Say where Prometheus answers, such as http://localhost:9090');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    return refuse(`${scheme}:// can't be asked from here: use http:// or https://`);
  const whole = scheme === undefined ? `http://${trimmed}` : trimmed;
  if (!URL.canParse(whole)) return refuse('This is not a URL: host:port or http://host:port/path');
  const url = new URL(whole);
  if (url.username !== '' || url.password !== '' || /^[^/?#]*@/.test(whole.slice(whole.indexOf('//') + 2)))
    return refuse('Leave out user name and password: a board is shared, and would carry them along');
  if (url.search !== '' || url.hash !== '')
    return refuse('Leave out what follows ? or #: queries are added here');
  return { ok: true, value: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** A Prometheus source as the board keeps it. */
export function prometheusSource(
  id: Id,
  text: string,
  { interval, window }: { interval: Milliseconds; window: Milliseconds },
): Checked<PrometheusSource> {
  const url = checkUrl(text);
  if (!url.ok) return url;
  const name = `Prometheus ${new URL(url.value).host}`;
  const source: PrometheusSource = { id, type: 'prometheus', name, url: url.value, interval, window };
  const parsed = RECORD_SCHEMAS.sources.safeParse(source);
  if (parsed.success) return { ok: true, value: source };
  return { ok: false, fault: parsed.error.issues[0]?.message ?? 'The board can not keep this source' };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const INTERVALS: readonly Milliseconds[] = [2, 5, 10, 15, 30, 60].map((each) => each * SECOND);
export const WINDOWS: readonly Milliseconds[] = [0.5, 1, 2, 5, 15, 60].map((each) => each * MINUTE);

/** The choices with the present value among them, ascending. */
export const withPresent = (choices: readonly Milliseconds[], present: Milliseconds): Milliseconds[] =>
  [...new Set([...choices, present])].sort((a, b) => a - b);
