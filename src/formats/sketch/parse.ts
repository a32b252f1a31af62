/** Sketch text → statements. Never throws: what is wrong is said at its character, the rest is still read. */
import { type MarkStatus, RESERVED_IDS } from '../../graph/index.ts';
import { MOST } from '../limits.ts';
import { type Arrow, takeArrow } from './arrow.ts';
import { Fault, type Scanner, scannerOf, type Text } from './scan.ts';
import type { EdgeMention, NodeMention, SketchFault, Statement } from './statement.ts';
import { wordOf } from './words.ts';

/** More are of no use to anybody: the text is no sketch. */
const MOST_FAULTS = 100;

/** Of one arrow, in one statement. */
const MOST_OPERATIONS = 1000;

export type ParsedSketch =
  | { ok: true; statements: Statement[] }
  | { ok: false; faults: SketchFault[] /** The good ones. */; statements: Statement[] };

export function parseSketch(text: string): ParsedSketch {
  const statements: Statement[] = [];
  const faults: SketchFault[] = [];
  if (text.length > MOST.sketch) {
    const reason = `a sketch has ${MOST.sketch} characters at most; this text has ${text.length}`;
    return { ok: false, faults: [{ line: 1, column: 1, length: 1, reason }], statements };
  }
  const budget: Budget = { names: new Set(), edges: 0 };
  for (const [index, line] of text.split('\n').entries()) {
    const scan = scannerOf(line, index + 1);
    for (scan.skip(); !scan.isAtEnd(); scan.skip()) {
      if (scan.take(/;/y)) continue;
      try {
        statements.push(takeStatement(scan, budget));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        faults.push(error.fault);
        if (faults.length >= MOST_FAULTS) return { ok: false, faults, statements };
        scan.recover();
      }
    }
  }
  return faults.length === 0 ? { ok: true, statements } : { ok: false, faults, statements };
}

/** What the whole text may still name: a board that a person, or the layout, could look at. */
type Budget = { names: Set<string>; edges: number };

function takeStatement(scan: Scanner, budget: Budget): Statement {
  let statement: Statement;
  if (scan.take(/\[\s*/y)) statement = takeGroup(scan, budget);
  else if (scan.take(/!\s*/y)) statement = takeMark(scan, budget);
  else {
    const first = takeMention(scan, budget);
    statement = isConfig(scan, first)
      ? takeConfig(scan, first)
      : withOperations(scan, takeTraffic(scan, budget, first));
  }
  scan.skip();
  if (!scan.isAtEnd() && !scan.looksAt(/;/y)) scan.fail(whatIsWrongHere(scan));
  return statement;
}

function whatIsWrongHere(scan: Scanner): string {
  if (scan.looksAt(/[-=~.]*[>»›]|[–—]/y)) return 'write -> for a call, => for a message, ?> for a query';
  if (scan.looksAt(/:/y))
    return 'an operation follows an arrow: a -> b: GET /cart; a kind has no space: kafka:orders';
  if (scan.looksAt(/[\p{L}\p{N}_"]/uy))
    return 'an arrow, a comma or the end of the statement is expected here; a name with spaces goes in "quotes"';
  return 'has no meaning here; a name with such signs goes in "quotes"';
}

/** A mention and the text it was read from, which is looked at once more for `.config`. */
type First = { mention: NodeMention; name: Text };

function takeMention(scan: Scanner, budget: Budget): First {
  const start = scan.position();
  let name = scan.name() ?? scan.fail('a name is expected here');
  let word: ReturnType<typeof wordOf>;
  if (scan.take(/:(?=[^\s;])/y)) {
    word = wordOf(name.text);
    if (!word)
      scan.fail(
        `“${name.text}” is no kind or technology known here; kinds are such as service, topic, database; for an operation put a space after the colon`,
        name.at,
      );
    name = scan.name() ?? scan.fail('a name is expected after the colon');
  }
  const mention: NodeMention = { name: name.text, ...word, at: scan.since(start) };
  if (budget.names.add(name.text).size > MOST.nodes)
    scan.fail(`a sketch has ${MOST.nodes} names at most`, name.at);
  return { mention, name };
}

/** `payments.config max.poll.records=2000`: what is named ends before `.config`. */
function isConfig(scan: Scanner, { mention, name }: First): boolean {
  if (name.quoted) return scan.take(/\.config(?![\p{L}\p{N}_])/uy) !== null;
  if (!name.text.endsWith('.config') || name.text === '.config') return false;
  if (!scan.looksAt(/\s+(?:\(|"(?:[^"\\]|\\.)*"=|[^\s="#;(),]+=(?!>))/sy)) return false;
  mention.name = name.text.slice(0, -'.config'.length);
  return true;
}

function takeConfig(scan: Scanner, { mention }: First): Statement {
  const config: NonNullable<Statement['config']> = { values: {} };
  if (scan.take(/\s*\(\s*/y)) {
    config.system = inBrackets(scan, 'the name of what is configured');
    if (scan.take(/,\s*/y)) config.version = inBrackets(scan, 'a version');
    closeBracket(scan);
  }
  for (scan.skip(); !scan.isAtEnd() && !scan.looksAt(/;/y); scan.skip()) {
    const key = scan.words(/[^\s="#;(),][^\s="; ]*/y) ?? scan.fail('a setting is expected: name=value');
    if (!scan.take(/=/y)) scan.fail('a setting is name=value, without spaces around =', key.at);
    if (RESERVED_IDS.has(key.text)) scan.fail('is a reserved word, and no name of a setting', key.at);
    config.values[key.text] =
      scan.quoted() ?? scan.take(/[^\s";]+/y)?.[0] ?? scan.fail('a value is expected; an empty one is ""');
  }
  if (config.system === undefined && Object.keys(config.values).length === 0)
    scan.fail('a setting is expected: max.poll.records=2000');
  return { nodes: [mention], edges: [], config };
}

const IN_BRACKETS = /[^\s",()][^",()]*/y;

const inBrackets = (scan: Scanner, what: string): string => {
  const { text } = scan.words(IN_BRACKETS) ?? scan.fail(`${what} is expected in the brackets`);
  scan.take(/\s*/y);
  return text;
};

const closeBracket = (scan: Scanner) =>
  scan.take(/\)/y) ?? scan.fail('the bracket is never closed; end it with )');

/** What may follow a name: `(technology)` and `x3`, in either order. */
function takeRest(scan: Scanner, mention: NodeMention): NodeMention {
  for (;;) {
    if (scan.take(/\s*\(\s*/y)) {
      mention.technology = inBrackets(scan, 'a technology');
      closeBracket(scan);
      continue;
    }
    const start = scan.position();
    const instances = scan.take(/\s+[x×](\d+)(?![\p{L}\p{N}_])/uy);
    if (!instances) return mention;
    mention.instances = Number(instances[1]);
    if (mention.instances > 100_000) scan.fail('100000 instances are the most', scan.since(start));
  }
}

function takeNodes(scan: Scanner, budget: Budget, first?: First): NodeMention[] {
  const nodes = [takeRest(scan, (first ?? takeMention(scan, budget)).mention)];
  while (scan.take(/\s*,\s*/y)) nodes.push(takeRest(scan, takeMention(scan, budget).mention));
  return nodes;
}

type Traffic = { statement: Statement /** Those of the last arrow. */; last: EdgeMention[] };

/** Parts, and arrows from each part on the left to each on the right. */
function takeTraffic(scan: Scanner, budget: Budget, first?: First): Traffic {
  let left = takeNodes(scan, budget, first);
  const statement: Statement = { nodes: [...left], edges: [] };
  let last: EdgeMention[] = [];
  for (;;) {
    scan.skip();
    const start = scan.position();
    const arrow = takeArrow(scan);
    if (!arrow) return { statement, last };
    const at = scan.since(start);
    scan.skip();
    if (scan.isAtEnd() || scan.looksAt(/;/y)) scan.fail('a name is missing after this arrow', at);
    const right = takeNodes(scan, budget);
    if ((budget.edges += left.length * right.length) > MOST.edges)
      scan.fail(`a sketch has ${MOST.edges} arrows at most`, at);
    last = edgesOf(left, arrow, right);
    statement.nodes.push(...right);
    statement.edges.push(...last);
    left = right;
  }
}

function edgesOf(left: NodeMention[], { reverse, ...arrow }: Arrow, right: NodeMention[]): EdgeMention[] {
  return left.flatMap((a) =>
    right.map((b) => ({
      ...arrow,
      source: reverse ? b : a,
      target: reverse ? a : b,
      operations: [],
    })),
  );
}

/** `: GET /cart, POST /cart`, carried by the last arrow. */
function withOperations(scan: Scanner, { statement, last }: Traffic): Statement {
  if (last.length === 0 || !scan.take(/:(?=\s|$)/y)) return statement;
  const operations = new Set<string>();
  do {
    scan.skip();
    const { text } =
      scan.words(/[^\s",;](?:(?!\s#)[^,;])*/y) ??
      scan.fail('an operation is expected here, such as GET /cart');
    if (operations.add(text).size > MOST_OPERATIONS)
      scan.fail(`an arrow carries ${MOST_OPERATIONS} operations at most`);
    scan.skip();
  } while (scan.take(/,/y));
  for (const edge of last) edge.operations = [...operations];
  return statement;
}

function takeGroup(scan: Scanner, budget: Budget): Statement {
  const name = scan.name() ?? scan.fail('the name of a group is expected: [shop: cart, catalog]');
  if (!scan.take(/\s*:\s*/y))
    scan.fail('a colon is expected after the name of a group: [shop: cart, catalog]');
  const nodes = takeNodes(scan, budget);
  if (!scan.take(/\s*\]/y)) scan.fail('a comma or ] is expected here; a name with spaces goes in "quotes"');
  return { nodes, edges: [], group: { name: name.text, at: name.at } };
}

const STATUSES: Record<string, MarkStatus> = {
  suspected: 'suspected',
  confirmed: 'confirmed',
  cleared: 'cleared',
  ok: 'cleared',
};

function takeMark(scan: Scanner, budget: Budget): Statement {
  const { statement } = takeTraffic(scan, budget);
  const status = scan.take(/(?:suspected|confirmed|cleared|ok)(?![\p{L}\p{N}_])/uy);
  scan.skip();
  const hypothesis = scan.quoted();
  if (hypothesis === null && scan.looksAt(/[\p{L}\p{N}]/uy))
    scan.fail('what is suspected goes in "quotes", after suspected, confirmed or cleared if need be');
  if (hypothesis !== null && hypothesis.length > 20_000)
    scan.fail('20000 characters are the most for a suspicion');
  const mark: NonNullable<Statement['mark']> = { status: STATUSES[status?.[0] ?? ''] ?? 'suspected' };
  if (hypothesis) mark.hypothesis = hypothesis;
  return { ...statement, mark };
}
