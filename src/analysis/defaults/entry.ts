/** What the catalogue of defaults is made of: systems, their keys, and which default held in which versions. */
import type { SizeNames, ValueUnit } from './value.ts';

/** A document, or a file of the project, that says so. */
export type Source = { title: string; url: string };

/** From `since` on and before `until`; an absent end is open. Versions that no range holds: the default isn't known. */
export type DefaultRange = {
  value: string;
  since?: string;
  until?: string;
  /** Who says so, where it isn't the key's own source. */
  source?: Source;
};

export type Key = {
  key: string;
  /** Other names it goes by: an older one, Spring's, a command line's. Case and separators don't matter. */
  aliases?: readonly string[];
  /** What a bare number means. */
  unit: ValueUnit;
  /** As a config file has it; one value for all versions, or by version. */
  defaults: string | readonly DefaultRange[];
  /** Values that mean something else than their number. */
  special?: Readonly<Record<string, 'no limit' | 'automatic'>>;
  /** Other spellings of a word. */
  synonyms?: Readonly<Record<string, string>>;
  /** Of a switch, higher is on. Words have no order: either. */
  hurts: 'higher' | 'lower' | 'either';
  /** What that way does to latency, throughput or errors. */
  why: string;
  /** Where it isn't the system's. */
  source?: Source;
};

export type System = {
  name: string;
  /** What else it is called, as `system` of a node's config or as its technology. */
  aliases: readonly string[];
  /** What stands before its keys and tells them by itself, in whoever's config: `spring.datasource.hikari`. */
  prefixes?: readonly string[];
  /** What may stand before its keys in its own environment; elsewhere it may be anyone's: `REDIS_TIMEOUT`. */
  ownPrefixes?: readonly string[];
  /** Other keys of its own: nothing is known of their defaults, but they tell the system. */
  signs?: readonly string[];
  /** What `1k` and `1MB` are; 1024 based unless said. */
  sizes?: SizeNames;
  source: Source;
  keys: readonly Key[];
};

export const rangesOf = ({ defaults }: Key): readonly DefaultRange[] =>
  typeof defaults === 'string' ? [{ value: defaults }] : defaults;
