/** Statistics and arcs of a node or an edge → readings, and words for what is no reading. */
import type { PerSecond, Ratio } from '../../graph/index.ts';
import type { Field, Row } from './frames.ts';

export type Stats = { rate: PerSecond | null; errors: Ratio | null /** The rest. */; words: string[] };

const NUMBER = /^\s*([-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)\s*(.*?)\s*$/i;
/** Requests, calls, operations, transactions: a second. */
const A_SECOND =
  /^(?:(?:req(?:uests?)?|calls?|ops?|r|c|t(?:ransactions?)?|spans?|hits?)\s?(?:\/|per )\s?s(?:ec(?:onds?)?)?|reqps|ops|rps|cps|tps|qps|hz|req\/s)$/i;
const A_MINUTE =
  /^(?:(?:req(?:uests?)?|calls?|ops?|r|t(?:ransactions?)?)\s?(?:\/|per )\s?m(?:in(?:utes?)?)?|reqpm|opm|rpm|cpm|tpm)$/i;
const FAILED = /fail|err|fault|5xx/i;
const LARGEST = 1e12;

const STATS = ['mainstat', 'secondarystat'];

export function statsOf(row: Row, fields: readonly Field[]): Stats {
  const stats: Stats = { rate: null, errors: errorsOf(row, fields), words: [] };
  for (const { name, label, unit } of fields) {
    const isStat = STATS.includes(name);
    if (!isStat && !name.startsWith('detail__')) continue;
    const value = row.value(name);
    if (
      (typeof value !== 'number' || !Number.isFinite(value)) &&
      (typeof value !== 'string' || value.trim() === '')
    )
      continue;
    const rate = isStat ? rateIn(value, unit) : null;
    if (rate !== null && stats.rate === null) stats.rate = rate;
    else stats.words.push(wordsOf({ name, label, unit }, value));
  }
  return stats;
}

function rateIn(value: number | string, unit: string): PerSecond | null {
  const [, digits = '', own = ''] =
    typeof value === 'string' ? (NUMBER.exec(value) ?? []) : ['', String(value), ''];
  const number = Number(digits.replaceAll(',', ''));
  if (digits === '' || !(number >= 0) || number > LARGEST) return null;
  const counted = (own || unit).trim();
  if (A_SECOND.test(counted)) return number;
  return A_MINUTE.test(counted) ? number / 60 : null;
}

/** Arcs are shares of a circle; those that are called so are of failures. They may have been left short of the whole. */
function errorsOf(row: Row, fields: readonly Field[]): Ratio | null {
  const arcs = fields.flatMap(({ name, label }) => {
    const share = name.startsWith('arc__') && !name.endsWith('_color') ? row.value(name) : null;
    return typeof share === 'number' && share >= 0 && share <= 1.001
      ? [{ said: `${name} ${label}`, share }]
      : [];
  });
  const failed = arcs.filter(({ said }) => FAILED.test(said));
  const total = arcs.reduce((sum, { share }) => sum + share, 0);
  if (failed.length === 0 || total <= 0) return null;
  return Math.min(
    1,
    failed.reduce((sum, { share }) => sum + share, 0),
  );
}

const wordsOf = ({ name, label, unit }: Field, value: number | string): string => {
  const isPlain = label.toLowerCase() === name && STATS.includes(name);
  const called = isPlain ? '' : `${label.replace(/^detail__/i, '')}: `;
  return `${called}${value}${unit === '' ? '' : ` ${unit}`}`;
};
