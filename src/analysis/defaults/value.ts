/** Values of config files as numbers that can be compared: durations in ms, sizes in bytes, switches, words. */

const DURATIONS = { ns: 1e-6, µs: 1e-3, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const SIZES = { bytes: 1, KiB: 1024, '8 KiB': 8192, MiB: 1024 ** 2 };
const NUMBERS = { count: 1, ratio: 1, percent: 0.01 };

/** What a bare number means in a key. */
export type ValueUnit =
  | keyof typeof DURATIONS
  | keyof typeof SIZES
  | keyof typeof NUMBERS
  | 'switch'
  | 'text';

/**
 * What size names mean where they are not 1024 based: `decimal` 1 MB = 1000² and 1 MiB = 1024² (RabbitMQ);
 * `redis` 1m = 1000² and 1mb = 1024².
 */
export type SizeNames = 'decimal' | 'redis';

/** A number is in ms, bytes or units of its own; Infinity is no limit. `automatic` leaves it to the system. */
export type ConfigValue =
  | { type: 'duration' | 'size' | 'number'; value: number }
  | { type: 'switch'; value: boolean }
  | { type: 'text'; value: string }
  | { type: 'automatic' };

type Meaning = {
  unit: ValueUnit;
  special?: Readonly<Record<string, 'no limit' | 'automatic'>>;
  synonyms?: Readonly<Record<string, string>>;
};

/** Reads a value as a key of this unit has it; null where it can't be read as one. */
export function parseValue(text: string, meaning: Meaning, sizes?: SizeNames): ConfigValue | null {
  const plain = unquote(text);
  const { unit, special, synonyms } = meaning;
  if (unit === 'text') return plain === '' ? null : { type: 'text', value: wordOf(plain, synonyms) };
  if (unit === 'switch') return parseSwitch(plain);
  const type = unit in DURATIONS ? 'duration' : unit in SIZES ? 'size' : 'number';
  if (NO_LIMIT.test(plain)) return { type, value: Number.POSITIVE_INFINITY };
  if (AUTOMATIC.test(plain)) return { type: 'automatic' };
  const number = OFF.test(plain) ? 0 : parseNumber(plain, unit, sizes);
  if (number === null) return null;
  const meant = special?.[number === 0 ? '0' : plain];
  if (meant === 'automatic') return { type: 'automatic' };
  return { type, value: meant === 'no limit' || isLargest(plain) ? Number.POSITIVE_INFINITY : number };
}

const NO_LIMIT = /^(?:infinit[ey]|unlimited|no[ _-]?limit|(?:integer|long)\.max_value)$/i;
const AUTOMATIC = /^(?:auto|automatic|default)$/i;
const OFF = /^(?:off|none|no|false|disabled?|never)$/i;
/** The largest signed and unsigned 32 and 64 bit numbers are how many systems write no limit. */
const LARGEST = new Set(['2147483647', '4294967295', '9223372036854775807', '18446744073709551615']);
const isLargest = (plain: string) => LARGEST.has(plain);

function unquote(text: string): string {
  const plain = text.trim().replace(/;$/, '').trim();
  return /^(["']).*\1$/s.test(plain) ? plain.slice(1, -1).trim() : plain;
}

function wordOf(plain: string, synonyms: Meaning['synonyms']): string {
  const word = plain.toLowerCase().replace(/\s+/g, ' ');
  return synonyms?.[word] ?? word;
}

function parseSwitch(plain: string): ConfigValue | null {
  if (/^(?:on|true|yes|1|enabled?)$/i.test(plain)) return { type: 'switch', value: true };
  if (/^(?:off|false|no|0|disabled?)$/i.test(plain)) return { type: 'switch', value: false };
  return null;
}

function parseNumber(plain: string, unit: ValueUnit, sizes: SizeNames | undefined): number | null {
  if (unit in DURATIONS) return parseDuration(plain, DURATIONS[unit as keyof typeof DURATIONS]);
  if (unit in SIZES) return parseSize(plain, SIZES[unit as keyof typeof SIZES], sizes);
  const found = /^([-+]?\d[\d_]*(?:\.\d+)?|[-+]?\.\d+)\s*(%?)$/.exec(plain);
  if (!found) return null;
  const number = Number(found[1]!.replaceAll('_', ''));
  return number * (found[2] ? NUMBERS.percent : NUMBERS[unit as keyof typeof NUMBERS]);
}

const DURATION_NAMES: readonly [RegExp, number][] = [
  [/^(?:ns|nanos?|nanoseconds?)$/i, DURATIONS.ns],
  [/^(?:us|µs|μs|micros?|microseconds?)$/i, DURATIONS.µs],
  [/^(?:ms|millis?|milliseconds?)$/i, DURATIONS.ms],
  [/^(?:s|secs?|seconds?)$/i, DURATIONS.s],
  [/^(?:m|mins?|minutes?)$/i, DURATIONS.min],
  [/^(?:h|hrs?|hours?)$/i, DURATIONS.h],
  [/^(?:d|days?)$/i, DURATIONS.d],
  [/^(?:w|weeks?)$/i, 7 * DURATIONS.d],
];

/** `30`, `500ms`, `1m30s`, `0.25 s`. */
function parseDuration(plain: string, bare: number): number | null {
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(plain)) return Number(plain) * bare;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)\s*[a-zµμ]+\s*)+$/i.test(plain)) return null;
  let sum = 0;
  for (const [, number, name] of plain.matchAll(/(\d+\.?\d*|\.\d+)\s*([a-zµμ]+)/gi)) {
    const factor = DURATION_NAMES.find(([spelling]) => spelling.test(name!))?.[1];
    if (factor === undefined) return null;
    sum += Number(number) * factor;
  }
  return sum;
}

/** `16384`, `64k`, `128MB`, `1 GiB`. */
function parseSize(plain: string, bare: number, names: SizeNames | undefined): number | null {
  const found = /^([-+]?(?:\d+\.?\d*|\.\d+))\s*(?:(b|bytes?)|([kmgt])(i?)(b?))?$/i.exec(plain);
  if (!found) return null;
  const [, number, bytes, prefix, binary, b] = found;
  if (bytes) return Number(number);
  if (!prefix) return Number(number) * bare;
  const isDecimal = !binary && (names === 'decimal' || (names === 'redis' && !b));
  return Number(number) * (isDecimal ? 1000 : 1024) ** ('kmgt'.indexOf(prefix.toLowerCase()) + 1);
}

/** True for values that mean the same, whatever they were written as. */
export function isSameValue(a: ConfigValue, b: ConfigValue): boolean {
  if (a.type === 'automatic' || b.type === 'automatic') return a.type === b.type;
  if (typeof a.value !== 'number' || typeof b.value !== 'number') return a.value === b.value;
  if (a.value === b.value) return true;
  const largest = Math.max(Math.abs(a.value), Math.abs(b.value));
  return Number.isFinite(largest) && Math.abs(a.value - b.value) <= 1e-9 * largest;
}
