/** Commands on a node's configuration: what it sets, and who knows why. */
import type { Id } from '../fields.ts';
import type { Patch } from '../patch.ts';
import type { Board, BoardNode } from '../schema.ts';
import { setFields } from './nodes.ts';

type Config = NonNullable<BoardNode['config']>;
export type ConfigNote = NonNullable<Config['reasons']>[string];

/** A config without a system, a version, a value or a note is none. */
export function setConfig(board: Board, args: { id: Id; config: Config }): Patch {
  const { system, version, values, reasons } = args.config;
  const kept = Object.entries(reasons ?? {}).filter(([key]) => Object.hasOwn(values, key));
  const isNone = system === '' && !version && Object.keys(values).length === 0;
  const config: Config = {
    system,
    ...(version && { version }),
    values,
    ...(kept.length > 0 && { reasons: Object.fromEntries(kept) }),
  };
  return setFields(board, {
    collection: 'nodes',
    ids: [args.id],
    fields: { config: isNone ? undefined : config },
  });
}

/**
 * What was read takes the place of what is there, or is added to it; notes on keys that stay are kept. Added to the config of
 * another system, both are named, each with its version.
 */
export function takeConfig(
  board: Board,
  args: { id: Id; read: Pick<Config, 'system' | 'version' | 'values'>; add: boolean },
): Patch {
  const { id, read, add } = args;
  const before = board.nodes[id]?.config;
  const reasons = before?.reasons && { reasons: before.reasons };
  if (!before || !add) {
    const system = read.system || (before?.system ?? '');
    return setConfig(board, { id, config: { ...read, system, ...reasons } });
  }
  const values = { ...before.values, ...read.values };
  const isSame = read.system === '' || before.system === '' || sameSystem(before.system, read.system);
  if (!isSame) {
    const system = `${versioned(before)}, ${versioned(read)}`;
    return setConfig(board, { id, config: { system, values, ...reasons } });
  }
  const version = read.version ?? before.version;
  const system = before.system || read.system;
  return setConfig(board, { id, config: { system, ...(version && { version }), values, ...reasons } });
}

/** True where a config names this system, alone or among others. */
export const sameSystem = (named: string, system: string): boolean =>
  named.split(',').some((part) => bare(part) === bare(system));

const bare = (system: string) =>
  system
    .trim()
    .toLowerCase()
    .replace(/\s+v?\d[\w.-]*$/, '');

/** A version behind the name, where it is one that can stand there: of a list of systems nobody knows whose it is. */
const versioned = ({ system, version }: Pick<Config, 'system' | 'version'>): string =>
  version && /^v?\d[\w.-]*$/.test(version) && !system.includes(',') ? `${system} ${version}` : system;

/** The same value under another name, in the same place. */
export function renameConfigKey(board: Board, args: { id: Id; from: string; to: string }): Patch {
  const config = board.nodes[args.id]?.config;
  if (!config || !Object.hasOwn(config.values, args.from)) return {};
  const renamed = <T>(record: Record<string, T>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(record)
        .filter(([key]) => key !== args.to)
        .map(([key, value]) => [key === args.from ? args.to : key, value]),
    );
  const { values, reasons } = config;
  const notes = reasons && { reasons: renamed(reasons) };
  return setConfig(board, { id: args.id, config: { ...config, values: renamed(values), ...notes } });
}

/** Notes who set a key and why; a note of neither is none. */
export function noteConfigKey(board: Board, args: { id: Id; key: string; note: ConfigNote }): Patch {
  const config = board.nodes[args.id]?.config;
  if (!config || !Object.hasOwn(config.values, args.key)) return {};
  const { owner, reason } = args.note;
  const { [args.key]: _, ...others } = config.reasons ?? {};
  const note = { ...(owner && { owner }), ...(reason && { reason }) };
  const reasons = owner || reason ? { ...others, [args.key]: note } : others;
  return setConfig(board, { id: args.id, config: { ...config, reasons } });
}
