/** Times as access logs write them → ms since 1970. */
import type { EpochMs, Milliseconds } from '../../graph/index.ts';

export type Stamp = {
  at: EpochMs;
  /** How exactly the log says it. */
  grain: Milliseconds;
  /** False where no zone is written; then it is taken for UTC. */
  zoned: boolean;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `06/Feb/2009:12:14:14.655 +0100`: nginx without the fraction, HAProxy without the zone. */
const LOCAL = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?: ([+-]\d{4}))?$/;
/** `2016-04-15T20:17:00.310Z`, with a space for the T too. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)([.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;
const EPOCH = /^\d{9,19}(?:\.\d{1,9})?$/;

/** @returns null for what is no time of those kinds, or no day of the calendar */
function stampOf(text: string): Stamp | null {
  const local = LOCAL.exec(text);
  if (local) {
    const [, day, month, year, hour, minute, second, fraction, zone] = local;
    return stamp([year!, String(MONTHS.indexOf(month!) + 1), day!, hour!, minute!, second!], fraction, zone);
  }
  const iso = ISO.exec(text);
  if (iso) return stamp(iso.slice(1, 7), iso[7], iso[8]);
  return EPOCH.test(text) ? epochStamp(Number(text), text.includes('.')) : null;
}

function stamp(parts: readonly string[], fraction?: string, zone?: string): Stamp | null {
  const [year, month, day, hour, minute, second] = parts.map(Number) as [
    ...[number, number, number],
    ...[number, number, number],
  ];
  const days = Date.UTC(year, month - 1, day);
  const real = new Date(days);
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) return null;
  // 60 is a leap second
  if (hour > 23 || minute > 59 || second > 60) return null;
  const share = fraction ? Number(`0.${fraction.slice(1)}`) * 1000 : 0;
  const offset = offsetOf(zone);
  if (offset === null) return null;
  const at = days + ((hour * 60 + minute - offset) * 60 + second) * 1000 + share;
  return { at, grain: fraction ? Math.max(1, 10 ** (4 - fraction.length)) : 1000, zoned: zone !== undefined };
}

/** Minutes east of UTC; null for more than a day can have. */
function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return minutes > 24 * 60 ? null : zone.startsWith('-') ? -minutes : minutes;
}

/** Since 1970 in s, ms, µs or ns: by its size, as no log is from before 1973 or after 2286. */
export function epochStamp(value: number, hasFraction = !Number.isInteger(value)): Stamp | null {
  if (!(value >= 1e8 && value < 1e19)) return null;
  const unit = value < 1e10 ? 1000 : value < 1e13 ? 1 : value < 1e16 ? 1e-3 : 1e-6;
  return { at: value * unit, grain: unit === 1000 && !hasFraction ? 1000 : 1, zoned: true };
}

/** Reads times that are mostly the same as the one before. */
export function stamper(): (text: string) => Stamp | null {
  let last: { text: string; stamp: Stamp | null } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, stamp: stampOf(text) };
    return last.stamp;
  };
}
