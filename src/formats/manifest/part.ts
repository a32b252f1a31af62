/** A part as a deployment's files describe it, before it is drawn. */
import type { Id, NodeKind } from '../../graph/index.ts';
import type { Recognised } from '../recognise.ts';
import { flagsIn, wordsWithin } from './command.ts';
import { linesIn } from './contents.ts';
import { hostsBesidePorts, hostsIn, type NamedHost } from './hosts.ts';
import { placeOf, type Tree, type Where } from './tree.ts';

export type Spot = { file: string; at: string };
export const spotOf = (where: Where): Spot => ({ file: where.file, at: placeOf(where) });

/** One value that a part is started with; `key` is empty where nothing names it. */
export type Setting = {
  key: string;
  value: string;
  spot: Spot;
  /** Hosts in it, where they are known otherwise than by key and value. */
  hosts?: readonly NamedHost[];
  /** Told to others, but no configuration of its own: a script's words, a whole file. */
  isLoose?: boolean;
};

export type Part = {
  /** Under which stated connections know it. */
  key: string;
  name: string;
  spot: Spot;
  /** Where the file says what it is, whatever runs in it. */
  kind?: NodeKind | undefined;
  technology?: string | undefined;
  /** Of the technology. */
  version?: string | undefined;
  image?: string | undefined;
  ports: readonly number[];
  /** Told apart by name from others of a board: its project or namespace. */
  group: string | null;
  /** How telemetry may call it besides. */
  names: readonly string[];
  instances?: number | undefined;
  description?: string | undefined;
  settings: readonly Setting[];
  /** The keys of the parts that a host means here. */
  resolve(host: NamedHost): readonly string[];
};

/** A part that has become a node. */
export type Drawn = Recognised & { part: Part; id: Id };

/** A connection that a file states, unless said otherwise. */
export type Link = {
  source: string;
  target: string;
  spot: Spot;
  how?: 'stated' | 'inferred';
  protocol?: string;
  label?: string;
};

/** Named by others, and defined in none of the files. */
export const absentPart = (key: string, name: string, spot: Spot, group: string | null): Part => ({
  ...{ key, name, spot, group, ports: [], names: [], settings: [] },
  description: 'Others name it; no file that was read defines it.',
  resolve: () => [],
});

/** By which telemetry is told the name of the service. */
const OWN_NAME =
  /^(?:OTEL_SERVICE_NAME|SPRING_APPLICATION_NAME|DD_SERVICE|ELASTIC_APM_SERVICE_NAME|JAEGER_SERVICE_NAME|NEW_RELIC_APP_NAME)$/i;

/** The names that a part gives itself for telemetry. */
export const ownNames = (settings: readonly Setting[]): string[] =>
  settings.flatMap(({ key, value }) => (OWN_NAME.test(key) && /^[\w.:-]{1,100}$/.test(value) ? [value] : []));

/** Flags and words of a command line. @param words with the place of each */
export function commandSettings(command: readonly { word: string; spot: Spot }[]): Setting[] {
  const parted = command.flatMap(({ word, spot }, i) =>
    wordsWithin(word, command[i - 1]?.word).map((each) => ({ word: each, spot })),
  );
  const words = parted.map(({ word }) => word);
  const flags = flagsIn(words).map(({ key, value, at }): Setting => {
    const { spot } = parted[at]!;
    return { key, value, spot, ...(key === '' && { isLoose: true }) };
  });
  const hosts = hostsBesidePorts(words);
  const [first] = parted;
  if (!first || hosts.length === 0) return flags;
  return [...flags, { key: '', value: '', spot: first.spot, hosts, isLoose: true }];
}

/** What is in a configuration file that stands in another. */
export function fileSettings(name: string, tree: Tree): Setting[] {
  if (typeof tree.value !== 'string') return [];
  const { file } = tree.where;
  return linesIn(name, tree.value).map(({ key, value, line }): Setting => {
    const at =
      line === null
        ? `${placeOf(tree.where)}, ${name} ${key}`
        : `${placeOf(tree.where)}, ${name} line ${line}`;
    return { key, value, spot: { file, at } };
  });
}

/** Options of Java that an environment hands on: `JAVA_OPTS`, `KAFKA_HEAP_OPTS`, `CATALINA_OPTS`. */
export const javaOptions = (settings: readonly Setting[]): Setting[] =>
  settings.flatMap(({ key, value, spot }) =>
    /(?:^|_)(?:OPTS|JAVA_OPTIONS|JAVA_ARGS|JVM_ARGS)$/i.test(key)
      ? flagsIn(value.split(/\s+/)).flatMap((flag) =>
          flag.key === '' ? [] : [{ key: flag.key, value: flag.value, spot }],
        )
      : [],
  );

export const hostsOf = ({ key, value, hosts }: Setting): readonly NamedHost[] => hosts ?? hostsIn(key, value);
