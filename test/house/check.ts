/** Holds sources against the rules of the house; every violation is one line. */
import { posix } from 'node:path';
import {
  ENTRIES,
  GENERATED,
  IMPURE_FILES,
  IMPURE_GLOBALS,
  IMPURE_MEMBERS,
  LIBRARIES,
  MOST_LINES,
  PURE_ROOMS,
  ROOMS,
} from './rules.ts';
import { type Facts, factsOf, type Source } from './source.ts';

const isScript = (path: string) => /\.tsx?$/.test(path);
const roomOf = (path: string): string => /^src\/([^/]+)\//.exec(path)?.[1] ?? '';

export function violations(sources: readonly Source[]): string[] {
  const scripts = sources.filter(({ path }) => isScript(path));
  const facts = new Map(scripts.map((source) => [source.path, factsOf(source)]));
  return [
    ...sources.flatMap(checkFile),
    ...[...facts].flatMap(([path, { imports }]) => imports.flatMap((to) => checkImport(path, to))),
    ...[...facts].flatMap(([path, { outside }]) => checkPure(path, outside)),
    ...checkFaces(scripts),
    ...cycles(facts),
  ];
}

function checkFile({ path, text }: Source): string[] {
  const found: string[] = [];
  if (!(roomOf(path) in ROOMS)) found.push(`${path}: is in no room`);
  const lines = text.trimEnd().split('\n').length;
  if (lines > MOST_LINES && !GENERATED.includes(path))
    found.push(`${path}: ${lines} lines, at most ${MOST_LINES}`);
  return found;
}

function checkFaces(scripts: readonly Source[]): string[] {
  return [...new Set(scripts.map(({ path }) => roomOf(path)))].flatMap((room) => {
    // The app and the command line are started, not imported: their first file is main.
    const face = scripts.find(({ path }) => new RegExp(`^src/${room}/(index|main)\\.tsx?$`).test(path));
    if (!face) return [`src/${room}: has no index.ts`];
    return face.text.startsWith('/**') ? [] : [`${face.path}: does not open by saying what the room is for`];
  });
}

/** The file an import names, from the project's root; null for a library. */
const targetOf = (path: string, specifier: string): string | null =>
  specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier.split('?')[0]!) : null;

function checkImport(path: string, specifier: string): string[] {
  const room = roomOf(path);
  const target = targetOf(path, specifier);
  if (target === null) return checkLibrary(path, specifier);
  if (!target.startsWith('src/')) return [`${path}: imports ${target}, which is outside of src`];
  const other = roomOf(target);
  if (other === room) return [];
  if (!ROOMS[room]?.includes(other)) return [`${path}: ${room} may not import ${other} (${target})`];
  if (target === `src/${other}/index.ts` || ENTRIES[target]?.includes(room)) return [];
  return [`${path}: imports ${target} past the face of ${other}`];
}

function checkLibrary(path: string, specifier: string): string[] {
  if (specifier === '(computed)') return [`${path}: imports what is only known when it runs`];
  const owner = LIBRARIES.find(
    ([library]) =>
      specifier === library || specifier.startsWith(library.endsWith(':') ? library : `${library}/`),
  );
  if (!owner || owner[1].includes(roomOf(path))) return [];
  return [`${path}: ${specifier} belongs to ${owner[1].join(', ')}`];
}

function checkPure(path: string, outside: Facts['outside']): string[] {
  if (!PURE_ROOMS.includes(roomOf(path)) || IMPURE_FILES.includes(path)) return [];
  return outside
    .filter(({ name }) => name === 'Date()' || IMPURE_GLOBALS.has(name) || IMPURE_MEMBERS.has(name))
    .map(({ name, line }) => `${path}:${line}: ${name} in a pure room`);
}

/** One line for each circle of imports, named by the import that closes it. */
function cycles(facts: ReadonlyMap<string, Facts>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push(`imports in a circle: ${[...trail.slice(at), path].join(' → ')}`);
    if (at >= 0 || done.has(path)) return;
    for (const specifier of facts.get(path)?.imports ?? []) {
      const target = targetOf(path, specifier);
      if (target !== null && facts.has(target)) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of facts.keys()) visit(path, []);
  return found;
}
