/** Mermaid's C4 diagrams: people, systems, containers and components, boundaries around them, and what uses what. */
import type { NodeKind } from '../../graph/index.ts';
import { BOTH_WAYS, checkDepth, type Drawing, draw, emptyDrawing, remark } from '../diagram/drawing.ts';
import { type Scan, scanOf } from '../diagram/scan.ts';
import { linesOf } from './text.ts';

const BLANK = /[\s;]*/y;
const REST_OF_LINE = /[^\n]*/y;
const MACRO = /([A-Za-z_]+)[ \t]*\(/y;
const NAME = /\s*(?:\$(\w+)[ \t]*=)?\s*/y;
const VALUE = /"([^"]*)"|[^",()\n]*/y;

/** `Person(a, "Alice")` → its arguments in order, those with a name under it. */
type Call = { name: string; args: string[]; named: Map<string, string>; at: number };
type Chart = { drawing: Drawing; scan: Scan; open: { key: string; at: number }[] };

export function parseC4(text: string, body: number): Drawing {
  const chart: Chart = { drawing: emptyDrawing(), scan: scanOf(text, body), open: [] };
  const { scan, drawing, open } = chart;
  for (;;) {
    scan.take(BLANK);
    if (scan.isAtEnd()) break;
    const at = scan.at();
    if (scan.take(/\}/y)) {
      if (!open.pop()) scan.fail('this } closes nothing', at);
      continue;
    }
    const title = scan.take(/title[ \t]+([^\n]*)/y)?.[1];
    if (title !== undefined) drawing.title = linesOf(title).join(' ');
    else if (scan.take(/(?:accTitle|accDescr|direction)\b/y)) scan.take(REST_OF_LINE);
    else readMacro(chart);
  }
  const [unclosed] = open;
  if (unclosed) scan.fail('this boundary is never closed; end it with }', unclosed.at);
  return withKnownEnds(drawing);
}

function takeCall(scan: Scan): Call {
  const at = scan.at();
  const name =
    scan.take(MACRO)?.[1] ??
    scan.fail(`a statement such as Person(a, "Alice") is expected, not ${scan.here()}`);
  const call: Call = { name, args: [], named: new Map(), at };
  for (;;) {
    const key = scan.take(NAME)?.[1];
    const value = scan.take(VALUE)!;
    const text = linesOf((value[1] ?? value[0]).trim()).join(' ');
    if (key === undefined) call.args.push(text);
    else call.named.set(key, text);
    scan.take(/\s*/y);
    const end = scan.take(/[,)]/y)?.[0];
    if (end === undefined) scan.fail(`a text in quotes, a comma or ) is expected, not ${scan.here()}`);
    if (end === ')') return call;
  }
}

const ELEMENT = /^(Person|System|Container|Component)(Db|Queue)?(_Ext)?$/;
const FRAME =
  /^(?:Boundary|Enterprise_Boundary|System_Boundary|Container_Boundary|Deployment_Node|Node|Node_L|Node_R)$/;
const RELATION = /^(BiRel|Rel|RelIndex)(?:_[A-Z][a-z]*)?$/;

function readMacro({ scan, drawing, open }: Chart): void {
  const call = takeCall(scan);
  const { name, args, at } = call;
  const element = ELEMENT.exec(name);
  const frame = open.at(-1)?.key;
  if (element) return readElement(drawing, call, element, frame);
  if (RELATION.test(name)) return readRelation(drawing, call);
  if (!FRAME.test(name)) {
    // Layout and styles say nothing of the system.
    if (!/^(?:Lay|Update|Add|SHOW|HIDE|LAYOUT|Set)/i.test(name))
      remark(drawing, `unknown statements ${name}(…), left out`);
    return;
  }
  checkDepth(open.length, at);
  const [key = '', label = ''] = args;
  const isNode = /^(?:Node|Deployment)/.test(name);
  const description = [isNode ? args[2] : '', args[3]].filter(Boolean).join(': ');
  drawing.frames.set(key, { key, name: label || key, parent: frame, description });
  if (scan.take(/\s*\{/y)) open.push({ key, at });
}

function readElement(
  drawing: Drawing,
  call: Call,
  element: RegExpExecArray,
  frame: string | undefined,
): void {
  const [, what, form, external] = element;
  const hasTechnology = what === 'Container' || what === 'Component';
  const { args, named, at } = call;
  const [key = '', label = '', third, fourth] = args;
  const technology = named.get('techn') ?? (hasTechnology ? third : undefined);
  const description = named.get('descr') ?? (hasTechnology ? fourth : third);
  drawing.parts.set(key, {
    ...{ key, name: label || key, at, frame },
    ...kindOf(what!, form, external !== undefined),
    technology: technology || undefined,
    description: description || undefined,
  });
}

/** A store may be a cache, and a queue a topic, by name. */
function kindOf(
  what: string,
  form: string | undefined,
  isExternal: boolean,
): { kind: NodeKind | null; hint: NodeKind | null } {
  if (what === 'Person') return { kind: 'client', hint: null };
  if (form) return { kind: null, hint: form === 'Db' ? 'database' : 'queue' };
  return isExternal ? { kind: 'external', hint: null } : { kind: null, hint: null };
}

function readRelation(drawing: Drawing, { name, args, named, at }: Call): void {
  const [from = '', to = '', label = '', technology = '', description = ''] = name.startsWith('RelIndex')
    ? args.slice(1)
    : args;
  const [source, target] = /_B(?:ack)?$/.test(name) ? [to, from] : [from, to];
  if (name === 'BiRel') remark(drawing, BOTH_WAYS);
  draw(drawing, {
    ...{ source, target, kind: null, at },
    protocol: named.get('techn') || technology || undefined,
    operations: label ? [label] : [],
    description: named.get('descr') || description || undefined,
  });
}

/** Arrows that end on what the diagram never says are left out: nothing is drawn out of nothing. */
function withKnownEnds(drawing: Drawing): Drawing {
  const isKnown = (key: string) => drawing.parts.has(key) || drawing.frames.has(key);
  const arrows = drawing.arrows.filter(({ source, target }) => isKnown(source) && isKnown(target));
  remark(drawing, 'relations of what is nowhere declared, left out', drawing.arrows.length - arrows.length);
  return { ...drawing, arrows };
}
