/** Names that are no key, and the one that is likely meant. */
import { bareName, CATALOGUE, nearestKey, prefixLength, systemsOf } from './catalogue.ts';
import type { System } from './entry.ts';

export type Meant = {
  system: string;
  key: string;
  /** The name with the key in place of the misspelt one: what stood before it stays, and so does the way it is written. */
  name: string;
};

/** What a name that is no key was most likely meant to be; null where nothing is near. @param named what the config calls its system */
export function meantBy(name: string, named: string): Meant | null {
  const bare = bareName(name);
  const before = name.slice(0, name.length - bare.length);
  const own = systemsOf(named);
  const plain = nearestKey(bare, own);
  if (plain) return meant(plain.system, plain.key.key, before, '', bare);
  for (const system of CATALOGUE) {
    const length = prefixLength(bare, system, own.includes(system));
    const found = length > 0 ? nearestKey(bare.slice(length), [system]) : null;
    if (found) return meant(system, found.key.key, before, bare.slice(0, length), bare.slice(length));
  }
  return null;
}

const meant = ({ name: system }: System, key: string, block: string, prefix: string, old: string): Meant => ({
  system,
  key,
  name: `${block}${prefix}${inStyleOf(prefix + old, old, key)}`,
});

/** `num.network.threads` is NUM_NETWORK_THREADS in an environment, `maximumPoolSize` is maximum-pool-size in Spring's files. */
function inStyleOf(whole: string, old: string, key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9]+/);
  if (/^[A-Z][A-Z0-9_]*$/.test(whole)) return words.join('_').toUpperCase();
  const isKebab = /^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(old) && !/[.\s]/.test(key);
  return isKebab ? words.join('-').toLowerCase() : key;
}
