/** The strip's scale: which stretch is shown, on which grid moments lie, where the ticks stand. Pure. */
import { type EpochMs, formatDuration, type Milliseconds } from '../../graph/index.ts';
import type { Moment, Session } from '../../workspace/index.ts';
import { momentText } from '../names.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A stretch of time; one without an end goes on to now. */
export type Range = Session['range'];

export const SPANS: readonly (readonly [Milliseconds, string])[] = [
  [15 * MINUTE, '15 min'],
  [HOUR, '1 h'],
  [6 * HOUR, '6 h'],
  [24 * HOUR, '24 h'],
];
export const WINDOWS: readonly Milliseconds[] = [
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
];

/** Moments across the strip, about: as fine as can be pointed at, and no finer. */
const MOMENTS = 240;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 6 * 3600, 86_400].map((s) => s * SECOND);

/** How far apart moments are that can be chosen. */
export const stepOf = (span: Milliseconds): Milliseconds =>
  STEPS.find((step) => step >= span / MOMENTS) ?? 86_400 * SECOND;

/** The moment of the grid that is nearest, none later than now. */
export const snap = (at: EpochMs, step: Milliseconds, now: EpochMs): EpochMs =>
  Math.min(Math.round(at / step), Math.floor(now / step)) * step;

export type View = { from: EpochMs; to: EpochMs };

export const viewOf = ({ span, end }: Range, now: EpochMs): View => ({
  from: (end ?? now) - span,
  to: end ?? now,
});

/** Where a time is on the strip, from 0 at its left to 1 at its right. */
export const shareOf = (at: EpochMs, { from, to }: View): number => (at - from) / (to - from);
/** The same for a style, kept on the strip. */
export const percent = (share: number): string => `${(100 * Math.min(1, Math.max(0, share))).toFixed(3)}%`;
export const timeAt = (share: number, { from, to }: View): EpochMs => from + share * (to - from);

const TICKS = [
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  7 * 24 * HOUR,
];

/** Times to be written under the strip: round ones of the viewer's clock, at most so many. */
export function ticksOf({ from, to }: View, most: number): EpochMs[] {
  const every = TICKS.find((tick) => (to - from) / tick <= most) ?? 30 * 24 * HOUR;
  const zone = new Date(to).getTimezoneOffset() * MINUTE;
  const first = Math.ceil((from - zone) / every) * every + zone;
  const ticks: EpochMs[] = [];
  for (let at = first; at <= to; at += every) ticks.push(at);
  return ticks;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const clockSeconds = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** `14:05`; the day at midnight. */
export function tickText(at: EpochMs): string {
  const date = new Date(at);
  if (date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0) return day.format(at);
  return (date.getSeconds() === 0 ? clock : clockSeconds).format(at);
}

/** `14:02:30, over 1 min`. */
export const momentWords = ({ at, window }: Pick<Moment, 'at' | 'window'>, now: EpochMs): string =>
  `${momentText(at, now)}, over ${windowText(window)}`;

/** `30 s`, `1 min`, `1 h`: windows are round. */
export function windowText(window: Milliseconds): string {
  if (window > 0 && window % HOUR === 0) return `${window / HOUR} h`;
  if (window > 0 && window % MINUTE === 0) return `${window / MINUTE} min`;
  return formatDuration(window);
}
