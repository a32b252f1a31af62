/** What a YAML or JSON text is: Envoy's own, a service's start, a ConfigMap, variables, or settings by name. */
import { lineAndColumn, parseJson } from '../json.ts';
import { type ConfigFault, type Entry, type Found, refused } from './entry.ts';
import { isEnvoy, readEnvoy } from './envoy.ts';
import { isVariables, readStarted, readVariables, startedIn } from './service.ts';
import { flatten, isMap, parseTrees, type Tree } from './tree.ts';

/** @param readFile reads a file that stands in another, as in a ConfigMap */
export function readDocument(text: string, readFile: (text: string, name: string) => Found): Found {
  const { trees, faults } = parseTrees(text);
  if (faults.length > 0) return { entries: [], faults: jsonFault(text) ?? faults };
  const envoy = trees.find(isEnvoy);
  if (envoy) return readEnvoy(envoy);
  const started = trees.flatMap((tree) => startedIn(tree).map((each) => ({ tree, each })));
  const [only, ...others] = started;
  if (only && others.length > 0)
    return refused(
      1,
      `tells of ${started.length} services, and a part has the configuration of one: take the piece that is its own`,
    );
  if (only) return readStarted(only.tree, only.each);
  const parts = trees.map((tree, at) => ofDocument(tree, at, readFile));
  const [first = refused(1, 'is empty')] = parts;
  return {
    ...first,
    entries: parts.flatMap(({ entries }) => entries),
    faults: parts.flatMap((part) => part.faults),
  };
}

/** Of what begins as JSON the place is known more exactly, and what is missing there. */
function jsonFault(text: string): ConfigFault[] | null {
  const parsed = /^\s*[{[]/.test(text) ? parseJson(text) : null;
  if (!parsed || parsed.ok) return null;
  return [{ line: Number.parseInt(lineAndColumn(text, parsed.at), 10), reason: parsed.reason }];
}

function ofDocument(tree: Tree, at: number, readFile: (text: string, name: string) => Found): Found {
  const { value } = tree;
  if (isVariables(tree)) return { entries: readVariables(tree, value, []), faults: [] };
  if (!isMap(value))
    return at > 0 ? { entries: [], faults: [] } : refused(1, 'names and values are expected');
  if (value.kind === 'ConfigMap' && isMap(value.data)) return ofConfigMap(tree, value.data, readFile);
  const block = at === 0 ? {} : { block: profileOf(tree) ?? `document ${at + 1}` };
  return { entries: flatten(tree).map((entry) => ({ ...entry, ...block })), faults: [] };
}

/** Files by their names, and variables. */
function ofConfigMap(
  tree: Tree,
  data: Record<string, unknown>,
  readFile: (text: string, name: string) => Found,
): Found {
  const all: Found = { entries: [], faults: [] };
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'string') continue;
    const line = tree.lineAt(['data', key]);
    if (!value.includes('\n')) all.entries.push({ key, value, line });
    else if (/\.(?:conf|cfg|cnf|ini|properties|ya?ml|json|env)$/.test(key)) {
      const { entries, faults, ...rest } = readFile(value, key);
      const moved = <T extends { line: number }>(each: T): T => ({ ...each, line: each.line + line });
      all.entries.push(...entries.map(moved));
      all.faults.push(...faults.map(moved));
      Object.assign(all, rest);
    }
  }
  return all;
}

/** Documents of Spring may hold for a profile only. */
function profileOf(tree: Tree): string | null {
  const on: Entry | undefined = flatten(tree).find(({ key }) =>
    /^spring\.(?:config\.activate\.on-profile|profiles)$/.test(key),
  );
  return on ? `profile ${on.value}` : null;
}
