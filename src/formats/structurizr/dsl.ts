/** Structurizr's DSL: people, systems, containers and components, groups around them, and what uses what. */
import { checkDepth, type Drawing } from '../diagram/drawing.ts';
import {
  drawingOf,
  type Element,
  emptyWorkspace,
  type Frame,
  frameOf,
  note,
  UNKNOWN_ENDS,
  type Workspace,
} from '../diagram/model.ts';
import { type Archetype, kindOfElement, readArchetypes } from './archetypes.ts';
import { type Facts, type Lines, readFacts, readProperties, tagsIn } from './facts.ts';
import { DEPLOYMENTS, kindsBy } from './kinds.ts';
import { type Line, linesOf, type Word } from './lines.ts';
import { readStyles } from './styles.ts';

/** Where a statement stands. */
type Scope = { element: Element | null; frame: Frame | null; path: string; depth: number };
/** An end is a word of the file until all elements are known. */
type Pending = {
  source: Word | Element;
  target: Word | Element;
  scope: Scope;
  facts: Facts;
  at: number;
};
type Reading = {
  workspace: Workspace;
  lines: Lines;
  archetypes: Map<string, Archetype>;
  constants: Map<string, string>;
  /** By identifier, lower case: alone, and after those that it stands in. */
  /** Of tags, lower case. */
  shapes: Map<string, string>;
  byId: Map<string, Element>;
  /** The longest identifier of each. */
  paths: Map<Element, string>;
  /** False where a file is missing that declares more. */
  isWhole: boolean;
  pending: Pending[];
};

/** @param isWhole false where a file that it includes or extends is not here */
export function parseDsl(text: string, isWhole = true): Drawing {
  const reading: Reading = {
    ...{ workspace: emptyWorkspace(), lines: linesOf(text), archetypes: new Map(), constants: new Map() },
    ...{ shapes: new Map(), byId: new Map(), paths: new Map(), pending: [], isWhole },
  };
  const scope: Scope = { element: null, frame: null, path: '', depth: 0 };
  for (let line = reading.lines.next(); line; line = reading.lines.next()) {
    if (line.closes) reading.lines.fail('this } closes nothing', line.at);
    readStatement(reading, withConstants(reading, line), scope);
  }
  resolve(reading);
  return drawingOf(reading.workspace, kindsBy(reading.shapes));
}

function readBlock(reading: Reading, from: Line, scope: Scope): void {
  checkDepth(scope.depth, from.at);
  for (;;) {
    const line = reading.lines.next();
    if (!line) return reading.lines.fail('this { is never closed', from.at);
    if (line.closes) return;
    readStatement(reading, withConstants(reading, line), { ...scope, depth: scope.depth + 1 });
  }
}

function withConstants({ constants }: Reading, line: Line): Line {
  if (constants.size === 0) return line;
  const filled = (text: string) =>
    text
      .replace(/\$\{([\w.-]{1,100})\}/g, (all, name: string) => constants.get(name) ?? all)
      .slice(0, 20_000);
  return { ...line, words: line.words.map((word) => ({ ...word, text: filled(word.text) })) };
}

const ARROW = /^(?:->|--([\w.-]+)->)$/;
/** Statements about what nobody draws. */
const PASSING = new Set([
  ...[
    'configuration',
    'perspectives',
    'metadata',
    'instances',
    'healthcheck',
    'impliedrelationships',
    'theme',
    'themes',
  ],
  ...['branding', 'terminology', 'users', 'scope', 'visibility', 'group_separator', 'id'],
]);

function readStatement(reading: Reading, line: Line, scope: Scope): void {
  const { words } = line;
  const [first] = words;
  // A brace on a line of its own.
  if (!first) return readBlock(reading, line, scope);
  if (words.some(({ text, isQuoted }) => !isQuoted && ARROW.test(text)))
    return readRelation(reading, line, scope);
  const isNamed = words[1]?.text === '=' && !words[1].isQuoted;
  const [id, said] = isNamed ? [first.text, words.slice(2)] : [null, words];
  const [word, ...rest] = said;
  const keyword = word?.text.toLowerCase() ?? '';
  const texts = rest.map(({ text }) => text);
  if (keyword.startsWith('!')) return readDirective(reading, line, scope, texts);
  const what = kindOfElement(keyword, reading.archetypes);
  if (what === 'group') return readGroup(reading, line, { ...scope }, texts[0] ?? '');
  if (what)
    return readElement(reading, line, scope, { id, what, texts, archetype: reading.archetypes.get(keyword) });
  readFact(reading, line, scope, keyword, texts);
}

function readFact(reading: Reading, line: Line, scope: Scope, keyword: string, texts: string[]): void {
  const { workspace, lines, archetypes } = reading;
  const { element } = scope;
  const text = texts[0] ?? '';
  switch (keyword) {
    case 'workspace':
      // A workspace that extends another is read after it.
      if (text.toLowerCase() !== 'extends' && text !== '') workspace.title = text;
      return line.opens ? readBlock(reading, line, scope) : undefined;
    case 'model':
      return line.opens ? readBlock(reading, line, scope) : undefined;
    case 'views':
      return line.opens ? readStyles(lines, line, reading.shapes) : undefined;
    case 'archetypes':
      return line.opens ? readArchetypes(lines, line, archetypes) : undefined;
    case 'deploymentenvironment':
      note(workspace, DEPLOYMENTS);
      return line.opens ? lines.skip(line) : undefined;
    case 'name':
      if (element) element.name = text;
      else workspace.title = text;
      return;
    case 'description':
      if (element) element.description = text;
      return;
    case 'technology':
      if (element) element.technology = text;
      return;
    case 'tag':
    case 'tags':
      element?.tags.push(...tagsIn(texts));
      return;
    case 'url':
      if (element) element.url = text;
      return;
    case 'properties':
      return line.opens ? readProperties(lines, line, element) : undefined;
  }
  if (!PASSING.has(keyword)) lines.fail(`“${keyword.slice(0, 40)}” is not understood here`, line.at);
  if (line.opens) lines.skip(line);
}

function readDirective(reading: Reading, line: Line, scope: Scope, texts: readonly string[]): void {
  const keyword = line.words.find(({ text }) => text.startsWith('!'))!.text.toLowerCase();
  const [name = '', value = ''] = texts;
  const { constants, lines, workspace } = reading;
  if (/^!(?:const|constant|var)$/.test(keyword)) constants.set(name, value);
  if (keyword === '!include') workspace.remarks.set(`included, but not here: ${name.slice(0, 200)}`, 1);
  if (!line.opens) return;
  if (keyword === '!script') return lines.skipCode(line);
  const isOfElement = /^!(?:ref|extend|element)$/.test(keyword);
  const element = isOfElement ? standIn(reading, name, scope, line.at) : undefined;
  if (!element) return lines.skip(line);
  readBlock(reading, line, insideOf(element, reading.paths.get(element) ?? '', scope.depth));
}

const insideOf = (element: Element, path: string, depth: number): Scope => ({
  ...{ element, frame: frameOf(element), path, depth },
});

function readGroup(reading: Reading, line: Line, scope: Scope, name: string): void {
  const { groups } = reading.workspace;
  const group: Frame = { key: `group ${groups.length}`, name: name || 'Group', around: scope.frame };
  groups.push(group);
  if (line.opens) readBlock(reading, line, { ...scope, frame: group });
}

type Said = {
  id: string | null;
  what: string;
  texts: readonly string[];
  archetype: Archetype | undefined;
};

/** `id = container "name" "description" "technology" "tags" {` */
function readElement(reading: Reading, line: Line, scope: Scope, { id, what, texts, archetype }: Said): void {
  const { workspace, byId, lines } = reading;
  const [name = '', ...more] = texts;
  if (name === '') lines.fail('a name is expected here', line.at);
  const hasTechnology = what === 'container' || what === 'component';
  // A custom element says its metadata before its description.
  const ordered =
    what === 'element' ? [more[1], more[0], more[2]] : hasTechnology ? more : [more[0], undefined, more[1]];
  const [description, technology, tags] = ordered;
  const element: Element = {
    key: String(workspace.elements.length),
    ...{ what, name, parent: scope.element, around: scope.frame, at: line.at },
    description: description || archetype?.description,
    technology: technology || archetype?.technology,
    tags: [...(archetype?.tags ?? []), ...tagsIn([tags ?? ''])],
  };
  workspace.elements.push(element);
  let path = scope.path;
  if (id !== null) {
    path = `${scope.path && `${scope.path}.`}${id.toLowerCase()}`;
    byId.set(path, element);
    reading.paths.set(element, path);
    if (!byId.has(id.toLowerCase())) byId.set(id.toLowerCase(), element);
  }
  if (line.opens) readBlock(reading, line, insideOf(element, path, scope.depth));
}

/** `a -> b "description" "technology" "tags"`, `-> b`, `id = a --https-> b` */
function readRelation(reading: Reading, line: Line, scope: Scope): void {
  const { words, at } = line;
  const { lines, archetypes, pending } = reading;
  const arrow = words.findIndex(({ text, isQuoted }) => !isQuoted && ARROW.test(text));
  const before = words.slice(words[1]?.text === '=' ? 2 : 0, arrow);
  const [target, ...more] = words.slice(arrow + 1);
  if (before.length > 1 || !target) return lines.fail('a relation is written as a -> b "description"', at);
  const archetype = archetypes.get((ARROW.exec(words[arrow]!.text)![1] ?? '').toLowerCase());
  const [description = '', technology = '', tags = ''] = more.map(({ text }) => text);
  const facts = {
    description: description || archetype?.description,
    technology: technology || archetype?.technology,
    tags: [...(archetype?.tags ?? []), ...tagsIn([tags])],
  };
  const source = before[0] ?? scope.element ?? lines.fail('it is not said where this arrow begins', at);
  pending.push({ source, target, scope, facts, at });
  if (line.opens) readFacts(lines, line, facts);
}

/** By its identifier, looked for from the inside out. */
function find({ byId }: Reading, name: string, { path, element }: Scope): Element | undefined {
  const id = name.toLowerCase();
  if (id === 'this') return element ?? undefined;
  for (let around = path; around !== ''; around = around.slice(0, Math.max(0, around.lastIndexOf('.')))) {
    const found = byId.get(`${around}.${id}`);
    if (found) return found;
  }
  return byId.get(id);
}

/** The element; where a file is missing that declares it, one that is called by its identifier. */
function standIn(reading: Reading, name: string, scope: Scope, at: number): Element | undefined {
  const { workspace, byId, paths, isWhole } = reading;
  const found = find(reading, name, scope);
  if (found || isWhole || !/^[\w.-]{1,200}$/.test(name) || name.toLowerCase() === 'this') return found;
  const element: Element = {
    ...{ key: String(workspace.elements.length), what: 'softwaresystem', name, tags: [] },
    ...{ parent: null, around: null, at },
  };
  workspace.elements.push(element);
  byId.set(name.toLowerCase(), element);
  paths.set(element, name.toLowerCase());
  const reason = 'parts that a file declares which is not here, called by their identifiers';
  workspace.remarks.set(reason, (workspace.remarks.get(reason) ?? 0) + 1);
  return element;
}

function resolve(reading: Reading): void {
  const { workspace, pending } = reading;
  let unknown = 0;
  for (const { source, target, scope, facts, at } of pending) {
    const [from, to] = [source, target].map((end) =>
      'what' in end ? end : standIn(reading, end.text, scope, at),
    );
    if (from && to) workspace.relations.push({ source: from, target: to, ...facts, at });
    else unknown++;
  }
  if (unknown > 0) workspace.remarks.set(UNKNOWN_ENDS, unknown);
}
