/** Each line of one node's config against what its makers ship. */
import type { Subject } from '../../graph/index.ts';
import type { Finding } from '../finding.ts';
import { bareName, systemsOf } from './catalogue.ts';
import { rangesOf, type Source } from './entry.ts';
import { meantBy } from './misspelt.ts';
import { defaultAt, type NodeConfig, parseFor, type Setting, settingsOf, versionOf } from './settings.ts';
import { type ConfigValue, isSameValue, type ValueUnit } from './value.ts';
import { compareVersions, isVersion } from './version.ts';

/** A line of a config that is a key of the catalogue. */
type Line = {
  system: string;
  key: string;
  /** As the config has them. */
  name: string;
  text: string;
  unit: ValueUnit;
  /** The version that was looked at; null where the config doesn't say, and the newest is taken. */
  version: string | null;
};
type Fallback = { fallback: string; why: string; source: Source };

export type KeyFinding =
  | Finding<
      'deviates',
      Line &
        Fallback & {
          /** Which way it points: the one that hurts, the other one, or none that can be told. */
          towards: 'hurting' | 'other' | 'unclear';
          /** Set ÷ default; null for words, switches, and where the default is 0 or no limit. */
          ratio: number | null;
        }
    >
  /** It was the default before `changed`, which came with another one. */
  | Finding<'old default', Line & Fallback & { changed: string }>
  | Finding<'redundant', Line & Fallback>
  | Finding<'unreadable', Line & Fallback>
  /** The catalogue doesn't know the default of this version. */
  | Finding<'unknown default', Line>
  | Finding<
      'unknown key',
      {
        system: string;
        name: string;
        text: string;
        nearest: string | null;
        /** The name with the nearest in its place. */
        rename: string | null;
      }
    >;

/**
 * What is to be asked about a config, line by line and in its order. A deviation isn't wrong; it is a question.
 * Of systems that the catalogue doesn't know there is nothing to say, but for keys that name their own.
 */
export function audit(subject: Subject, config: NodeConfig): KeyFinding[] {
  return settingsOf(config).flatMap((setting) =>
    setting.known ? findingOf(subject, config, setting) : (unknownKey(subject, config, setting) ?? []),
  );
}

/** Variables of an environment are an application's own, unless one looks like a misspelt key. */
const IN_ENVIRONMENT = /^[A-Z][A-Z0-9_]*$/;

function unknownKey(subject: Subject, config: NodeConfig, { name, text }: Setting): KeyFinding | null {
  const meant = meantBy(name, config.system);
  const system = meant?.system ?? systemsOf(config.system)[0]?.name;
  if (system === undefined || (!meant && IN_ENVIRONMENT.test(bareName(name)))) return null;
  const [nearest, rename] = [meant?.key ?? null, meant?.name ?? null];
  return { subject, kind: 'unknown key', system, name, text, nearest, rename };
}

function findingOf(subject: Subject, config: NodeConfig, { name, text, known }: Setting): KeyFinding {
  const { system, key } = known!;
  const version = versionOf(config, system);
  const isTold = version !== undefined && isVersion(version);
  const line = {
    subject,
    system: system.name,
    key: key.key,
    name,
    text,
    unit: key.unit,
    version: isTold ? version : null,
  };
  const range = defaultAt(key, version);
  if (!range) return { ...line, kind: 'unknown default' };
  const because = {
    fallback: range.value,
    why: key.why,
    source: range.source ?? key.source ?? system.source,
  };
  const value = parseFor(text, known!);
  const fallback = parseFor(range.value, known!);
  if (!value || !fallback) return { ...line, ...because, kind: 'unreadable' };
  if (isSameValue(value, fallback)) return { ...line, ...because, kind: 'redundant' };
  const old = rangesOf(key).findLast(({ value: was, until }) => {
    const isPast = until !== undefined && (!isTold || compareVersions(until, version) <= 0);
    const then = isPast ? parseFor(was, known!) : null;
    return then !== null && isSameValue(value, then);
  });
  if (old) return { ...line, ...because, kind: 'old default', changed: old.until! };
  return {
    ...line,
    ...because,
    kind: 'deviates',
    towards: towards(value, fallback, key.hurts),
    ratio: ratioOf(value, fallback),
  };
}

function towards(value: ConfigValue, fallback: ConfigValue, hurts: 'higher' | 'lower' | 'either') {
  const [a, b] = [rankOf(value), rankOf(fallback)];
  if (hurts === 'either' || a === null || b === null) return 'unclear';
  return (a > b ? 'higher' : 'lower') === hurts ? 'hurting' : 'other';
}

const rankOf = (value: ConfigValue): number | null =>
  value.type === 'automatic' || value.type === 'text' ? null : Number(value.value);

function ratioOf(value: ConfigValue, fallback: ConfigValue): number | null {
  if (!('value' in value) || !('value' in fallback)) return null;
  if (typeof value.value !== 'number' || typeof fallback.value !== 'number') return null;
  const ratio = value.value / fallback.value;
  return Number.isFinite(ratio) && ratio > 0 ? ratio : null;
}
