/**
 * Compose files → the services of a project, as compose would put them together.
 *
 *   files of a folder ─► values put in (.env) ─► extends, include ─► one over the other
 */
import type { Fault } from '../../graph/index.ts';
import { type Beside, folderOf, pathFrom } from '../manifest/beside.ts';
import { entriesOf, isMap, itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';
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
    telling.remark(
      `variables without a value, left as they are: ${[...loading.missing].slice(0, 20).join(', ')}${loading.missing.size > 20 ? ', …' : ''}`,
    );
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
    for (const path of includesOf(tree)) borrow(folder, path, true);
  }
  return borrowed;
}

function includesOf(tree: Tree): string[] {
  return itemsOf(under(tree, 'include')).flatMap((item) => {
    if (typeof item.value === 'string') return item.value;
    const path = under(item, 'path');
    return typeof path?.value === 'string'
      ? path.value
      : itemsOf(path).flatMap(({ value }) => String(value ?? ''));
  });
}

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
): Project {
  const { beside, telling, missing } = loading;
  const variables = variablesIn(folder, beside);
  const services = new Map<string, Tree>();
  const configs = new Map<string, Tree>();
  let name: string | undefined;
  for (const { file, tree: written } of files) {
    const tree = interpolated(written, variables, missing);
    name = textOf(tree, 'name') ?? name;
    for (const path of includesOf(tree)) include(path, { file, folder }, loading, above, services, configs);
    for (const [config, each] of entriesOf(under(tree, 'configs'))) configs.set(config, each);
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
  return { name: own, folder, files: files.map(({ file }) => file), services, configs, variables };
}

const lineOf = ({ where }: Tree): string => ('line' in where ? `${where.line}:1` : where.key);

/** Of the folder's `.env`; those after may use those before. */
function variablesIn(folder: string, beside: Beside): Variables {
  const variables = new Map<string, string>();
  for (const { key, value } of beside.environment(pathFrom(folder, '.env')) ?? [])
    variables.set(key, interpolate(value, variables, new Set()));
  return variables;
}

function include(
  path: string,
  { file, folder }: { file: string; folder: string },
  loading: Loading,
  above: readonly string[],
  services: Map<string, Tree>,
  configs: Map<string, Tree>,
): void {
  const { byPath, telling } = loading;
  const whole = pathFrom(folder, path);
  const found = byPath.get(whole);
  if (!found) return telling.remark(`includes ${path}, which is not among the files given`, file);
  if (above.includes(whole) || above.length > MOST_NESTED)
    return telling.remark(`includes itself by ${path}`, file);
  const inner = load([found], folderOf(found.file), loading, [...above, whole]);
  for (const [name, each] of inner.services) if (!services.has(name)) services.set(name, each);
  for (const [name, each] of inner.configs) if (!configs.has(name)) configs.set(name, each);
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
    path === null ? base : interpolated(base, variablesIn(folderOf(found.file), beside), missing);
  return merged(extended(wanted, filled, found, loading, [...above, key]), service);
}
