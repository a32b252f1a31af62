/**
 * What a service is configured by of the project's own files: those that are mounted, and of folders that are mounted
 * those that its command or environment names, or all where it alone has a folder of configuration.
 */
import { type Beside, folderOf, pathFrom } from '../manifest/beside.ts';
import type { Line } from '../manifest/contents.ts';
import { fileSettings, type Setting } from '../manifest/part.ts';
import { itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';

/** `from` as files are named here, `to` within the container. */
type Mount = { from: string; to: string };

const BIND = /^((?:\.{0,2}|\$\{?PWD\}?)\/[^:]*):([^:]+)/;
/** Where images look for their configuration. */
const CONFIGURES =
  /^\/etc\/|(?:^|\/)(?:conf|config|configs|conf\.d|configuration|pipeline|provisioning|settings)$/;
const CONFIGURATION = /\.(?:ya?ml|json|conf|config|cfg|cnf|ini|properties|toml|env)$/i;

/** Paths stand as seen from the file that says them. */
function mountsOf(tree: Tree): Mount[] {
  return itemsOf(under(tree, 'volumes')).flatMap((item) => {
    const [from, to] =
      typeof item.value === 'string'
        ? (BIND.exec(item.value)?.slice(1) ?? [])
        : [textOf(item, 'source'), textOf(item, 'target')];
    if (from === undefined || to === undefined) return [];
    const own = from.replace(/^\$\{?PWD\}?\//, './');
    return [{ from: pathFrom(folderOf(item.where.file), own).replace(/\/$/, ''), to: to.replace(/\/$/, '') }];
  });
}

/** Of several services, what more than one of them mounts. */
export function sharedMounts(services: Iterable<Tree>): ReadonlySet<string> {
  const [once, more] = [new Set<string>(), new Set<string>()];
  for (const tree of services)
    for (const from of new Set(mountsOf(tree).map((each) => each.from)))
      if (once.has(from)) more.add(from);
      else once.add(from);
  return more;
}

/** @param said what the service is started with, which may name files within a folder */
export function mountedSettings(
  tree: Tree,
  said: readonly Setting[],
  shared: ReadonlySet<string>,
  beside: Beside,
): Setting[] {
  const isNamed = (path: string) => said.some(({ value }) => value.includes(path));
  return mountsOf(tree).flatMap(({ from, to }) => {
    const lines = beside.lines(from);
    if (lines) return settingsIn(from, lines);
    const isOwn = CONFIGURES.test(to) && !shared.has(from);
    return beside
      .within(from)
      .filter((file) => CONFIGURATION.test(file) && (isOwn || isNamed(`${to}${file.slice(from.length)}`)))
      .flatMap((file) => settingsIn(file, beside.lines(file)));
  });
}

/** Of the project's `configs`, in files or in the project itself. */
export function configSettings(tree: Tree, configs: ReadonlyMap<string, Tree>, beside: Beside): Setting[] {
  return itemsOf(under(tree, 'configs')).flatMap((item) => {
    const name = typeof item.value === 'string' ? item.value : textOf(item, 'source');
    const config = configs.get(name ?? '');
    const path = textOf(config, 'file');
    if (config && path !== undefined) {
      const file = pathFrom(folderOf(config.where.file), path);
      return settingsIn(file, beside.lines(file));
    }
    const content = under(config, 'content');
    return content ? fileSettings(textOf(item, 'target') ?? name ?? '', content) : [];
  });
}

function settingsIn(file: string, lines: readonly Line[] | undefined): Setting[] {
  return (lines ?? []).map(({ key, value, line }) => {
    return { key, value, spot: { file, at: line === null ? key : `line ${line}` } };
  });
}
