/** Which system a config is of, by the names in it. */
import { bareName, CATALOGUE, findKey, findQualified, plainName, systemsOf } from './catalogue.ts';
import type { System } from './entry.ts';
import type { NodeConfig } from './settings.ts';

type Read = { system: string | null; version?: string; values: Readonly<Record<string, string>> };

/**
 * What was read as the config of a part: where the text didn't say of which system, its names do, or else the part's
 * technology, with the version in it (`PostgreSQL 16`).
 */
export function configOf(read: Read, technology = ''): Pick<NodeConfig, 'system' | 'version' | 'values'> {
  const { values } = read;
  const [running] = systemsOf(technology);
  const known = read.system ?? systemOf(values) ?? (running && fits(values, running) ? running.name : '');
  const isRunning = running !== undefined && systemsOf(known)[0] === running;
  const version = read.version ?? (isRunning ? /\d+(?:\.\d+)*$/.exec(technology)?.[0] : undefined);
  return { system: known, ...(version !== undefined && { version }), values };
}

const fits = (values: Read['values'], system: System): boolean =>
  Object.keys(values).some((name) => isOf(bareName(name), system));

/** The share of names that must be the system's, where only one of them tells it. */
const SHARE = 0.2;

/**
 * The one system of the catalogue that the names fit best; null where none does, or several do alike. Names that tell their
 * system by themselves (`spring.datasource.hikari.…`) don't count: they may stand in anyone's config.
 */
export function systemOf(values: Readonly<Record<string, string>>): string | null {
  const names = Object.keys(values).map(bareName);
  const own = names.filter((name) => !findQualified(name));
  const told = new Map<System, { weight: number; count: number }>();
  for (const name of own) {
    const systems = CATALOGUE.filter((system) => isOf(name, system));
    for (const system of systems) {
      const { weight, count } = told.get(system) ?? { weight: 0, count: 0 };
      told.set(system, { weight: weight + 1 / systems.length, count: count + 1 });
    }
  }
  const [best, second] = [...told].sort(([, a], [, b]) => b.weight - a.weight);
  if (!best || (second && second[1].weight === best[1].weight)) return null;
  const [system, { weight, count }] = best;
  return weight >= 1 && (count > 1 || isTelling(own, system)) && count >= SHARE * own.length
    ? system.name
    : null;
}

const isOf = (name: string, system: System): boolean =>
  findKey(name, [system]) !== null || isSign(name, system);

function isSign(name: string, { signs = [], ownPrefixes = [] }: System): boolean {
  const plain = plainName(name);
  const heads = ['', ...ownPrefixes.map(plainName)];
  return signs.some((sign) => heads.some((head) => plain === head + plainName(sign)));
}

/** One name alone must be of several words, and not one of an environment: those are an application's own. */
function isTelling(names: readonly string[], system: System): boolean {
  const name = names.find((each) => isOf(each, system))!;
  return /[a-z][._ -]?[A-Za-z0-9]*[._ -]|[a-z][A-Z]/.test(name);
}
