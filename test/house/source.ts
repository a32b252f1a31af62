/** What a source file imports and which names it takes from its surroundings, read from its syntax tree. */
import { parseSync, visitorKeys } from 'oxc-parser';

export type Source = { path: string; text: string };
type AstNode = { type: string; start: number } & Record<string, unknown>;

export type Facts = { imports: string[]; outside: { name: string; line: number }[] };

export function factsOf({ path, text }: Source): Facts {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const imports = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : [])),
    ),
  ];
  const outside: Facts['outside'] = [];
  const lineAt = (at: number) => text.slice(0, at).split('\n').length;
  walk(program as unknown as AstNode, [], {
    importing: (specifier) => imports.push(specifier),
    taking: (name, at) => outside.push({ name, line: lineAt(at) }),
  });
  return { imports: [...new Set(imports)], outside };
}

type Heard = { importing(specifier: string): void; taking(name: string, at: number): void };

function walk(node: AstNode, scopes: readonly Set<string>[], heard: Heard, isType = false): void {
  const specifier = specifierIn(node);
  if (specifier !== null) heard.importing(specifier);
  const inner = opensScope(node) ? [...scopes, new Set(declaredIn(node))] : scopes;
  const taken = isType ? null : (nameOf(node) ?? memberTaken(node));
  const object = taken?.split('.')[0]?.replace('()', '');
  if (taken && object && !inner.some((scope) => scope.has(object))) heard.taking(taken, node.start);
  for (const key of visitorKeys[node.type] ?? []) {
    if (isNameOnly(node, key)) continue;
    for (const child of [node[key]].flat() as (AstNode | null)[])
      if (child) walk(child, inner, heard, isType || isTypeSyntax(child));
  }
}

/** `import('x')`, `typeof import('x')`, `new URL('x', import.meta.url)`. */
function specifierIn(node: AstNode): string | null {
  const named =
    node.type === 'ImportExpression' || node.type === 'TSImportType'
      ? node.source
      : node.type === 'NewExpression' && nameOf(node.callee) === 'URL'
        ? (node.arguments as AstNode[])[0]
        : null;
  const value = (named as { value?: unknown } | null)?.value;
  if (node.type === 'ImportExpression' && typeof value !== 'string') return '(computed)';
  if (typeof value !== 'string') return null;
  return node.type === 'NewExpression' && !value.startsWith('.') ? null : value;
}

const nameOf = (node: unknown): string | null =>
  (node as AstNode | null)?.type === 'Identifier' ? String((node as AstNode).name) : null;

/** `Date.now`, `Math.random`, and a `Date` made of nothing, written `Date()`. */
function memberTaken(node: AstNode): string | null {
  if (node.type === 'MemberExpression') {
    const property = node.computed ? (node.property as { value?: unknown }).value : nameOf(node.property);
    const object = nameOf(node.object);
    return object !== null && typeof property === 'string' ? `${object}.${property}` : null;
  }
  const makesDate = nameOf(node.callee) === 'Date';
  const isEmpty = Array.isArray(node.arguments) && node.arguments.length === 0;
  // Called without `new`, Date answers with the present time whatever it is given.
  if (makesDate && (node.type === 'CallExpression' || (node.type === 'NewExpression' && isEmpty)))
    return 'Date()';
  return null;
}

/** Places where an identifier is a name, not a value taken from around. */
function isNameOnly(node: AstNode, key: string): boolean {
  if (node.type === 'MemberExpression') return key === 'property' && !node.computed;
  if (key === 'key') return !node.computed;
  if (['label', 'imported', 'exported'].includes(key)) return true;
  return node.type === 'ExportSpecifier' && key === 'local';
}

const VALUE_IN_TYPE_SYNTAX = /^TS(As|Satisfies|NonNull|Instantiation)Expression$/;
const isTypeSyntax = (node: AstNode) => node.type.startsWith('TS') && !VALUE_IN_TYPE_SYNTAX.test(node.type);

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
const BLOCKS = ['Program', 'BlockStatement', 'StaticBlock', 'SwitchStatement', 'CatchClause'];
const LOOPS = ['ForStatement', 'ForInStatement', 'ForOfStatement'];
const opensScope = ({ type }: AstNode) => [...FUNCTIONS, ...BLOCKS, ...LOOPS].includes(type);

function declaredIn(node: AstNode): string[] {
  const list = (key: string) => [node[key] ?? []].flat() as AstNode[];
  if (FUNCTIONS.includes(node.type)) return [...list('params'), ...list('id')].flatMap(namesIn);
  if (node.type === 'CatchClause') return list('param').flatMap(namesIn);
  if (node.type === 'SwitchStatement')
    return list('cases').flatMap((each) => (each.consequent as AstNode[]).flatMap(declaredBy));
  return [...list('body'), ...list('init'), ...list('left')].flatMap(declaredBy);
}

function declaredBy(statement: AstNode): string[] {
  if (statement.type.startsWith('Export') && statement.declaration)
    return declaredBy(statement.declaration as AstNode);
  if (statement.type === 'VariableDeclaration')
    return (statement.declarations as AstNode[]).flatMap(({ id }) => namesIn(id as AstNode));
  if (statement.type === 'ImportDeclaration')
    return (statement.specifiers as AstNode[]).flatMap(({ local }) => namesIn(local as AstNode));
  return /^(Function|Class)Declaration$/.test(statement.type) ? namesIn(statement.id as AstNode) : [];
}

/** Every name that a binding pattern binds. */
function namesIn(pattern: AstNode | null): string[] {
  if (!pattern) return [];
  const parts = (key: string) => ([pattern[key] ?? []].flat() as (AstNode | null)[]).flatMap(namesIn);
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name as string];
    case 'ObjectPattern':
      return parts('properties');
    case 'Property':
      return parts('value');
    case 'ArrayPattern':
      return parts('elements');
    case 'AssignmentPattern':
      return parts('left');
    case 'RestElement':
      return parts('argument');
    default:
      return [];
  }
}
