/** What a node's config sets, key by key, and what holds where it sets nothing. */
import type { BoardNode } from '../../graph/index.ts';
import { bareName, findKey, findQualified, isInBlock, type Known, systemsOf } from './catalogue.ts';
import { type DefaultRange, type Key, rangesOf, type System } from './entry.ts';
import { type ConfigValue, parseValue } from './value.ts';
import { rangeAt } from './version.ts';

export type NodeConfig = NonNullable<BoardNode['config']>;

/** One line of a config: as it was written, and the key that it is; null where no key of that name is known. */
export type Setting = { name: string; text: string; known: Known | null };

const settings = new WeakMap<NodeConfig, readonly Setting[]>();

/** The lines of a config in their order. */
export function settingsOf(config: NodeConfig): readonly Setting[] {
  const before = settings.get(config);
  if (before) return before;
  const systems = systemsOf(config.system);
  const found = Object.entries(config.values).map(([name, text]) => {
    const bare = bareName(name);
    return { name, text, known: findKey(bare, systems) ?? findQualified(bare) };
  });
  settings.set(config, found);
  return found;
}

/**
 * The version of a system on a node. A config that names several doesn't say whose its version is, unless it stands
 * behind the name: `Kafka consumer 3.7, HikariCP 5.1`.
 */
export function versionOf(config: NodeConfig, system: System): string | undefined {
  const named = systemsOf(config.system);
  if (named.length === 1 && named[0] === system && config.version !== undefined) return config.version;
  const part = config.system.split(/[,+;&]/).find((each) => systemsOf(each)[0] === system);
  return part && /[\s:]v?\d[\w.-]*$/.exec(part.trim())?.[0].replace(/^[\s:]+/, '');
}

export const parseFor = (text: string, { key, system }: Known): ConfigValue | null =>
  parseValue(text, key, system.sizes);

export const defaultAt = (key: Key, version: string | undefined): DefaultRange | null =>
  rangeAt(rangesOf(key), version);

type Configured = Pick<BoardNode, 'config' | 'technology'>;

const running = new WeakMap<Configured, readonly System[]>();

/** The systems that run on a node: those it names, those whose keys it sets, or else what its technology is called. */
function systemsAt(node: Configured): readonly System[] {
  const before = running.get(node);
  if (before) return before;
  const { config, technology } = node;
  const fromConfig = config
    ? [...systemsOf(config.system), ...settingsOf(config).flatMap(({ known }) => known?.system ?? [])]
    : [];
  const found = fromConfig.length > 0 ? fromConfig : systemsOf(technology ?? '');
  const systems = [...new Set(found)];
  running.set(node, systems);
  return systems;
}

/** A number that holds on a node: in ms, bytes or as it is counted; Infinity is no limit. */
export type Held = {
  system: string;
  key: string;
  type: 'duration' | 'size' | 'number';
  value: number;
  /** False where it is the default that holds. */
  isSet: boolean;
};

/** What a key is on a node, set or by default; null where its system isn't there, or nobody can tell. */
export function heldAt(node: Configured, system: System, name: string): Held | null {
  if (!systemsAt(node).includes(system)) return null;
  const known = findKey(name, [system]);
  if (!known) return null;
  const { config } = node;
  // what holds for all of it goes before what holds for a part
  const all = config ? settingsOf(config).filter((setting) => setting.known?.key === known.key) : [];
  const set = all.find((setting) => !isInBlock(setting.name)) ?? all[0];
  const text = set ? set.text : defaultAt(known.key, config && versionOf(config, system))?.value;
  const value = text === undefined ? null : parseFor(text, known);
  if (!value || !('value' in value) || typeof value.value !== 'number') return null;
  const type = value.type as Held['type'];
  return { system: system.name, key: known.key.key, type, value: value.value, isSet: set !== undefined };
}
