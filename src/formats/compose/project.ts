/**
 * Compose files → the services of a project, as compose would put them together.
 *
 *   files of a folder ─► values put in (.env) ─► extends, include ─► one over the other
 */
import type { Fault } from '../../graph/index.ts';
import { type Beside, folderOf, pathFrom } from '../manifest/beside.ts';
import { entriesOf, isMap, itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';
import { firstOf } from '../manifest/words.ts';
import { interpolate, interpolated, type Variables } from './interpolate.ts';
import { merged } from './merge.ts';

export type ComposeFile = { file: string; tree: Tree };

export type Project = {
  /** As it calls itself, or its folder. */
  name: string;
  folder: string;
  files: readonly string[];
  services: ReadonlyMap<string, Tree>;
  /** Top-level `configs`. */
  configs: ReadonlyMap<string, Tree>;
  /** Top-level `models`, which services ask. */
  models: ReadonlyMap<string, Tree>;
  variables: Variables;
};

type Telling = { remark(reason: string, path?: string): void; fault(file: string, fault: Fault): void };

const STANDARD = /^(?:docker-)?compose\.ya?ml$/i;
const OVERRIDE = /^(?:docker-)?compose\.override\.ya?ml$/i;
const baseName = (file: string) => file.slice(file.lastIndexOf('/') + 1);
const rankOf = (file: string) => (STANDARD.test(baseName(file)) ? 0 : OVERRIDE.test(baseName(file)) ? 1 : 2);

/** Those of one folder are one project: the standard file first, its override next, the others as they were given. */
export function projectsIn(files: readonly ComposeFile[], beside: Beside, telling: Telling): Project[] {
  const byPath = new Map(files.map((each) => [pathFrom('', each.file), each]));
  const loading: Loading = { byPath, beside, telling, missing: new Set() };
  const borrowed = borrowedIn(files, byPath);
  const own = files.filter((each) => !borrowed.has(each));
  const folders = Map.groupBy(own.length > 0 ? own : files, ({ file }) => folderOf(file));
  const projects = [...folders].map(([folder, inside]) => {
    const hasStandard = inside.some(({ file }) => rankOf(file) === 0);
    // an override of no standard file goes over those that are there
    const rank = ({ file }: ComposeFile) => (rankOf(file) === 1 && !hasStandard ? 3 : rankOf(file));
    const ordered = [...inside].sort((a, b) => rank(a) - rank(b));
    return load(ordered, folder, loading, []);
  });
  if (loading.missing.size > 0)
    telling.remark(`variables without a value, left as they are: ${firstOf([...loading.missing], 20)}`);
  return projects;
}

type Loading = {
  byPath: ReadonlyMap<string, ComposeFile>;
  beside: Beside;
  telling: Telling;
  missing: Set<string>;
};

/** Files that others take services from; a standard file is a project of its own for all that. */
function borrowedIn(files: readonly ComposeFile[], byPath: Loading['byPath']): ReadonlySet<ComposeFile> {
  const borrowed = new Set<ComposeFile>();
  const borrow = (folder: string, path: string | undefined, isWhole: boolean) => {
    const found = path === undefined ? undefined : byPath.get(pathFrom(folder, path));
    if (found && (isWhole || rankOf(found.file) === 2)) borrowed.add(found);
  };
  for (const { file, tree } of files) {
    const folder = folderOf(file);
    for (const service of servicesOf(tree).values())
      borrow(folder, textOf(service, 'extends', 'file'), false);
    for (const { paths } of includesOf(tree)) for (const path of paths) borrow(folder, path, true);
  }
  return borrowed;
}

/** Files that are one project together, and those that their variables are in. */
type Include = { paths: string[]; environment: string[] };

function includesOf(tree: Tree): Include[] {
  return itemsOf(under(tree, 'include')).map((item) =>
    typeof item.value === 'string'
      ? { paths: [item.value], environment: [] }
      : { paths: textsOf(under(item, 'path')), environment: textsOf(under(item, 'env_file')) },
  );
}

/** One text, or a list of them. */
const textsOf = (tree: Tree | undefined): string[] =>
  typeof tree?.value === 'string'
    ? [tree.value]
    : itemsOf(tree).flatMap(({ value }) => (typeof value === 'string' ? value : []));

/** Under `services`, or, in the oldest form, at the top. */
function servicesOf(tree: Tree): ReadonlyMap<string, Tree> {
  const services = under(tree, 'services');
  if (services) return entriesOf(services);
  const isService = (each: Tree) =>
    isMap(each) && ['image', 'build', 'extends'].some((key) => under(each, key));
  return new Map([...entriesOf(tree)].filter(([, each]) => isService(each)));
}

const MOST_NESTED = 20;

function load(
  files: readonly ComposeFile[],
  folder: string,
  loading: Loading,
  above: readonly string[],
  given?: Variables,
): Project {
  const { beside, telling, missing } = loading;
  const variables = given ?? variablesIn([pathFrom(folder, '.env')], beside);
  const services = new Map<string, Tree>();
  const configs = new Map<string, Tree>();
  const models = new Map<string, Tree>();
  let name: string | undefined;
  for (const { file, tree: written } of files) {
    const tree = interpolated(written, variables, missing);
    name = textOf(tree, 'name') ?? name;
    for (const each of includesOf(tree)) {
      const inner = included(each, { file, folder, variables }, loading, above);
      if (!inner) continue;
      addAbsent(services, inner.services);
      addAbsent(configs, inner.configs);
      addAbsent(models, inner.models);
    }
    for (const [config, each] of entriesOf(under(tree, 'configs'))) configs.set(config, each);
    for (const [model, each] of entriesOf(under(tree, 'models'))) models.set(model, each);
    const listed = under(tree, 'services');
    if (listed && !isMap(listed) && listed.value !== null)
      telling.fault(file, { path: lineOf(listed), reason: 'services must be a map of names' });
    for (const [service, each] of servicesOf(tree)) {
      if (each.tag === '!reset') services.delete(service);
      else if (!isMap(each) && each.value !== null)
        telling.fault(file, { path: lineOf(each), reason: `services.${service} must be a map of settings` });
      else
        services.set(
          service,
          merged(services.get(service), extended(service, each, { file, tree }, loading, [])),
        );
    }
  }
  const own = name ?? (folder === '' ? baseName(files[0]!.file) : baseName(folder.replace(/\/$/, '')));
  return { name: own, folder, files: files.map(({ file }) => file), services, configs, models, variables };
}

function addAbsent(own: Map<string, Tree>, others: ReadonlyMap<string, Tree>): void {
  for (const [name, tree] of others) if (!own.has(name)) own.set(name, tree);
}

const lineOf = ({ where }: Tree): string => ('line' in where ? `${where.line}:1` : where.key);

/** Those after may use those before. */
function variablesIn(files: readonly string[], beside: Beside): Map<string, string> {
  const variables = new Map<string, string>();
  for (const file of files)
    for (const { key, value } of beside.environment(file) ?? [])
      variables.set(key, interpolate(value, variables, new Set()));
  return variables;
}

/** Its own variables give way to those of the project that includes it. */
function included(
  { paths, environment }: Include,
  { file, folder, variables }: { file: string; folder: string; variables: Variables },
  loading: Loading,
  above: readonly string[],
): Project | undefined {
  const { byPath, telling, beside } = loading;
  const whole = paths.map((path) => pathFrom(folder, path));
  const found = whole.flatMap((path) => byPath.get(path) ?? []);
  const absent = paths.filter((_, i) => !byPath.has(whole[i]!));
  if (absent.length > 0)
    telling.remark(`includes ${absent.join(', ')}, which is not among the files given`, file);
  const [first] = found;
  if (!first) return undefined;
  if (whole.some((path) => above.includes(path)) || above.length > MOST_NESTED) {
    telling.remark(`includes itself by ${paths.join(', ')}`, file);
    return undefined;
  }
  const inside = folderOf(first.file);
  const own = environment.map((path) => pathFrom(folder, path));
  const given = variablesIn(own.length > 0 ? own : [pathFrom(inside, '.env')], beside);
  const all = new Map([...given, ...variables]);
  return load(found, inside, loading, [...above, ...whole], all);
}

/** A service over the one that it extends, of this file or another. */
function extended(
  name: string,
  service: Tree,
  { file, tree }: ComposeFile,
  loading: Loading,
  above: readonly string[],
): Tree {
  const from = under(service, 'extends');
  if (!from) return service;
  const { byPath, telling, missing, beside } = loading;
  const wanted = textOf(from) ?? textOf(from, 'service') ?? name;
  const other = textOf(from, 'file');
  const path = other === undefined ? null : pathFrom(folderOf(file), other);
  const found = path === null ? { file, tree } : byPath.get(path);
  if (!found) {
    telling.remark(`${name} extends ${wanted} of ${other}, which is not among the files given`, file);
    return service;
  }
  const key = `${found.file} ${wanted}`;
  const base = servicesOf(found.tree).get(wanted);
  if (!base || above.includes(key) || above.length > MOST_NESTED) {
    telling.remark(base ? `${name} extends itself` : `${name} extends ${wanted}, which is not there`, file);
    return service;
  }
  // A file's own values are put in already.
  const filled =
    path === null
      ? base
      : interpolated(base, variablesIn([pathFrom(folderOf(found.file), '.env')], beside), missing);
  return merged(extended(wanted, filled, found, loading, [...above, key]), service);
}
