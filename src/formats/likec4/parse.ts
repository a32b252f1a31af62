/** LikeC4: elements inside of elements, relations between them; of views and deployments only that they are there. */
import { checkDepth } from '../diagram/drawing.ts';
import { isProtocol } from '../diagram/label.ts';
import { emptyTree, type Node, nodeOf, plant, type Tree } from './model.ts';
import { type Token, type Tokens, tokensOf } from './tokens.ts';

export type Relation = {
  source: string | Node;
  target: string;
  scope: Node;
  kind?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  technology?: string | undefined;
  at: number;
};
/** What a specification says of a kind of element. */
type Kind = { shape?: string; icon?: string; technology?: string };
export type Model = {
  tree: Tree;
  /** `extend`ed names with what is said in them. */
  extensions: Node[];
  relations: Relation[];
  kinds: Map<string, Kind>;
  deployments: number;
};

export function parseLikeC4(text: string): Model {
  const tokens = tokensOf(text);
  const model: Model = {
    ...{ tree: emptyTree(), extensions: [], relations: [], kinds: new Map(), deployments: 0 },
  };
  while (tokens.peek().type !== 'end') {
    const word = tokens.take();
    if (word.text === 'specification') readSpecification(tokens, model.kinds);
    else if (word.text === 'model') readBody(tokens, model, model.tree.root, 0);
    else if (/^(?:views|deployment|global|likec4lib)$/.test(word.text)) {
      if (word.text === 'deployment') model.deployments++;
      if (tokens.peek().type === 'text') tokens.take();
      skipBlock(tokens);
    } else if (word.text === 'import') skipImport(tokens);
    else tokens.fail(`specification, model or views is expected, not “${word.text.slice(0, 30)}”`, word.at);
  }
  return model;
}

function open(tokens: Tokens): number {
  const { at, text } = tokens.peek();
  if (!tokens.takes('{')) tokens.fail(`{ is expected, not “${text.slice(0, 30)}”`);
  return at;
}

function skipBlock(tokens: Tokens): void {
  const at = open(tokens);
  for (let depth = 1; depth > 0; ) {
    const { type, text } = tokens.take();
    if (type === 'end') tokens.fail('this { is never closed', at);
    if (type === 'sign') depth += text === '{' ? 1 : text === '}' ? -1 : 0;
  }
}

/** `import { a, b } from 'project'` */
function skipImport(tokens: Tokens): void {
  if (isSign(tokens.peek(), '{')) skipBlock(tokens);
  else tokens.take();
  if (tokens.peek().text === 'from') tokens.take();
  if (tokens.peek().type === 'text') tokens.take();
}

function readSpecification(tokens: Tokens, kinds: Map<string, Kind>): void {
  const at = open(tokens);
  while (!tokens.takes('}')) {
    const { type, text } = tokens.take();
    if (type === 'end') tokens.fail('this { is never closed', at);
    if (type === 'name' && text === 'element') {
      const kind: Kind = {};
      kinds.set(tokens.take().text, kind);
      if (isSign(tokens.peek(), '{')) readKind(tokens, kind);
    } else if (type === 'sign' && text === '{') {
      // The brace of something else; its content says nothing of elements.
      for (let depth = 1; depth > 0; ) {
        const inner = tokens.take();
        if (inner.type === 'end') tokens.fail('this { is never closed', at);
        if (inner.type === 'sign') depth += inner.text === '{' ? 1 : inner.text === '}' ? -1 : 0;
      }
    }
  }
}

function readKind(tokens: Tokens, kind: Kind): void {
  const at = open(tokens);
  for (let depth = 1; depth > 0; ) {
    const { type, text } = tokens.take();
    if (type === 'end') tokens.fail('this { is never closed', at);
    if (type === 'sign') depth += text === '{' ? 1 : text === '}' ? -1 : 0;
    if (type === 'name' && text === 'shape') kind.shape = takeValue(tokens);
    if (type === 'name' && text === 'technology') kind.technology = takeValue(tokens);
    if (type === 'name' && text === 'icon') kind.icon = addressOf(tokens);
  }
}

function takeValue(tokens: Tokens): string {
  tokens.takes(':');
  return tokens.take().text;
}

function addressOf(tokens: Tokens): string {
  tokens.takes(':');
  const address = tokens.takeAddress();
  tokens.takes(';');
  return address;
}

/** Elements and relations in braces, and facts of the element around them. */
function readBody(tokens: Tokens, model: Model, scope: Node, depth: number): void {
  const at = open(tokens);
  checkDepth(depth, at);
  while (!tokens.takes('}')) {
    const token = tokens.peek();
    if (token.type === 'end') tokens.fail('this { is never closed', at);
    if (tokens.takes('#')) scope.tags.push(tokens.take().text);
    else if (tokens.takes(',') || tokens.takes(';')) continue;
    else if (isArrow(token)) readRelation(tokens, model, scope, scope);
    else if (isSign(token, '.')) readDotted(tokens, model, scope, scope);
    else if (token.type === 'name') readNamed(tokens, model, scope, depth);
    else tokens.fail(`an element or a relation is expected, not “${token.text.slice(0, 30)}”`);
  }
}

/** A sign, and no text in quotes that looks like one. */
const isSign = ({ type, text }: Token, sign: string): boolean => type === 'sign' && text === sign;

const isArrow = ({ type, text }: Token): boolean => type === 'sign' && (text.endsWith('->') || text === '<-');

function readNamed(tokens: Tokens, model: Model, scope: Node, depth: number): void {
  const first = tokens.take();
  const next = tokens.peek();
  if (isArrow(next)) return readRelation(tokens, model, scope, first.text);
  // An address may begin with a dot, too.
  if (/^(?:link|icon)$/.test(first.text) && readFact(tokens, scope, first.text)) return;
  if (isSign(next, '.')) return readDotted(tokens, model, scope, first.text);
  if (first.text === 'extend') return readExtension(tokens, model, depth);
  if (tokens.takes('=')) {
    const kind = tokens.take();
    if (kind.type !== 'name') tokens.fail('a kind of element is expected here', kind.at);
    return readElement(tokens, model, scope, { id: first.text, what: kind.text, at: first.at, depth });
  }
  if (readFact(tokens, scope, first.text)) return;
  if (next.type !== 'name') tokens.fail(`“${first.text.slice(0, 30)}” is not understood here`, first.at);
  const id = tokens.take();
  readElement(tokens, model, scope, { id: id.text, what: first.text, at: first.at, depth });
}

type Head = { id: string; what: string; at: number; depth: number };

/** `'title' 'description' 'technology' { … }`; of three texts the second is the description. */
function readElement(tokens: Tokens, model: Model, scope: Node, { id, what, at, depth }: Head): void {
  const node = nodeOf(id, scope, at);
  node.what = what;
  plant(model.tree, node);
  const [title, description, technology] = textsOf(tokens);
  if (title?.trim()) node.name = title;
  node.description = description || undefined;
  node.technology = technology || undefined;
  while (tokens.takes('#')) node.tags.push(tokens.take().text);
  if (isSign(tokens.peek(), '{')) readBody(tokens, model, node, depth + 1);
}

function textsOf(tokens: Tokens): string[] {
  const texts: string[] = [];
  while (tokens.peek().type === 'text') texts.push(tokens.take().text);
  return texts;
}

/** `extend cloud.backend { … }` */
function readExtension(tokens: Tokens, model: Model, depth: number): void {
  const name = tokens.take();
  if (isArrow(tokens.peek())) return skipRelation(tokens);
  const node = nodeOf('', model.tree.root, name.at);
  node.extends = name.text;
  model.extensions.push(node);
  readBody(tokens, model, node, depth + 1);
}

/** `extend a -> b { … }`: more on a relation that is drawn. */
function skipRelation(tokens: Tokens): void {
  tokens.take();
  tokens.take();
  textsOf(tokens);
  if (isSign(tokens.peek(), '{')) skipBlock(tokens);
}

/** `customer .uses cloud 'title'` */
function readDotted(tokens: Tokens, model: Model, scope: Node, source: string | Node): void {
  const { at } = tokens.take();
  const kind = tokens.take();
  readEnd(tokens, model, { source, scope, kind: kind.text, at });
}

/** `-> target 'title'`, `-[kind]-> target` */
function readRelation(tokens: Tokens, model: Model, scope: Node, source: string | Node): void {
  const { text, at } = tokens.take();
  readEnd(tokens, model, { source, scope, kind: /^-\[\s*(.*?)\s*\]/.exec(text)?.[1], at });
}

function readEnd(tokens: Tokens, model: Model, start: Omit<Relation, 'target'>): void {
  const target = tokens.take();
  if (target.type !== 'name') tokens.fail('the name of an element is expected here', target.at);
  const [title, ...more] = textsOf(tokens);
  const technology = more.length > 1 || isProtocol(more[0] ?? '') ? more.at(-1) : undefined;
  const relation: Relation = {
    ...{ ...start, target: target.text, title, technology },
    description: more.find((text) => text !== technology),
  };
  model.relations.push(relation);
  while (tokens.takes('#') || tokens.takes(',')) tokens.take();
  if (isSign(tokens.peek(), '{')) readRelationBody(tokens, relation);
}

function readRelationBody(tokens: Tokens, relation: Relation): void {
  const at = open(tokens);
  while (!tokens.takes('}')) {
    const { type, text } = tokens.take();
    if (type === 'end') tokens.fail('this { is never closed', at);
    if (type !== 'name') continue;
    if (text === 'title') relation.title = takeValue(tokens);
    else if (text === 'technology') relation.technology = takeValue(tokens);
    else if (text === 'description') relation.description = takeValue(tokens);
    else if (text === 'link' || text === 'icon') addressOf(tokens);
    else if (isSign(tokens.peek(), '{')) skipBlock(tokens);
  }
}

/** True when the word begins a fact of the element that is open. */
function readFact(tokens: Tokens, node: Node, word: string): boolean {
  switch (word) {
    case 'title':
      node.name = takeValue(tokens) || node.name;
      return true;
    case 'technology':
      node.technology = takeValue(tokens) || undefined;
      return true;
    case 'description':
    case 'summary':
      node.description = (word === 'summary' && node.description) || takeValue(tokens) || undefined;
      return true;
    case 'icon':
      node.icon = addressOf(tokens);
      return true;
    case 'link': {
      const address = addressOf(tokens);
      node.url ??= /^https?:/i.test(address) ? address : undefined;
      if (tokens.peek().type === 'text') tokens.take();
      return true;
    }
    case 'shape':
      node.shape = takeValue(tokens);
      return true;
    case 'notation':
    case 'notes':
    case 'navigateTo':
      takeValue(tokens);
      return true;
    case 'style': {
      const kind: Kind = {};
      readKind(tokens, kind);
      node.shape = kind.shape ?? node.shape;
      node.icon = kind.icon ?? node.icon;
      return true;
    }
    case 'metadata':
      skipBlock(tokens);
      return true;
  }
  return false;
}
