/** Mermaid's sequence diagrams: who sends what to whom. Answers run along the edge of the question, so they are no edges. */
import type { NodeKind } from '../../graph/index.ts';
import { type Drawing, draw, emptyDrawing, type Part, remark } from '../diagram/drawing.ts';
import { kindOfWord } from '../diagram/kinds.ts';
import { Misread } from '../diagram/scan.ts';
import { linesOf } from './text.ts';

const DECLARED = /^(?:create[ \t]+)?(participant|actor)[ \t]+(.*)$/s;
const ARROW = /<<--?>>|--?(?:>>|[>x)]|\|[\\/]|[\\/]{1,2})/g;
/** Lines that say when or how, and nothing of who speaks with whom. */
const PASSING =
  /^(?:loop|alt|else|opt|par|par_over|and|critical|option|break|rect|note|activate|deactivate|autonumber|destroy|links?|properties|details|accTitle|accDescr)\b/i;

/** Characters of one statement. */
const LONGEST = 5000;

type Chart = { drawing: Drawing; box: string | undefined; isBlock: boolean[]; asked: Set<string> };

export function parseSequence(text: string, body: number): Drawing {
  const chart: Chart = { drawing: emptyDrawing(), box: undefined, isBlock: [], asked: new Set() };
  let at = body;
  for (const line of text.slice(body).split('\n')) {
    // A semicolon ends a statement, but not one that ends a sign written as `#35;`.
    for (const piece of line.split(/(?<!#\w{1,8});/)) {
      const said = piece.trim();
      if (said !== '') readStatement(chart, said, at + piece.indexOf(said[0]!));
      at += piece.length + 1;
    }
  }
  return chart.drawing;
}

function readStatement(chart: Chart, said: string, at: number): void {
  if (said.length > LONGEST)
    throw new Misread(at, `this statement has ${said.length} characters; at most ${LONGEST} are read`);
  const { drawing, isBlock } = chart;
  const declared = DECLARED.exec(said);
  if (declared) return declare(chart, declared[1]!, declared[2]!, at);
  const title = /^title[ \t:]+(.*)$/s.exec(said)?.[1];
  if (title !== undefined) drawing.title = linesOf(title).join(' ');
  else if (/^box\b/.test(said)) {
    isBlock.push(false);
    openBox(chart, said.slice(3).trim());
  } else if (/^end\b(?!.*:)/.test(said)) {
    if (isBlock.pop() === false) chart.box = undefined;
  } else if (PASSING.test(said) && !isMessage(said)) {
    if (/^note\b/i.test(said)) remark(drawing, 'notes, left out');
    if (/^(?:loop|alt|opt|par|par_over|critical|break|rect)\b/i.test(said)) isBlock.push(true);
  } else readMessage(chart, said, at);
}

const isMessage = (said: string): boolean => {
  const colon = said.indexOf(':');
  return colon > 0 && (said.slice(0, colon).match(ARROW)?.length ?? 0) > 0 && !/^note\b/i.test(said);
};

/** `box Aqua Backend`, `box rgb(1,2,3) Backend` */
function openBox(chart: Chart, said: string): void {
  const { frames } = chart.drawing;
  const name = said.replace(
    /^(?:rgba?\([^)]*\)|transparent\b|#[0-9a-f]{3,8}\b|[A-Z][a-z]{2,20}(?= \S))[ \t]*/,
    '',
  );
  chart.box = `box ${frames.size + 1}`;
  frames.set(chart.box, { key: chart.box, name: linesOf(name).join(' ') || 'Box' });
}

/** `participant A as Alice`, `participant Q@{ "type": "queue" } as Orders` */
function declare({ drawing, box }: Chart, word: string, rest: string, at: number): void {
  const [, id = '', facts = '', alias] = /^(.*?)(@\{.*?\})?(?:[ \t]+as[ \t]+(.*))?$/s.exec(rest) ?? [];
  const key = id.trim();
  if (key === '') throw new Misread(at, `a name is expected after ${word}`);
  const type = /"?type"?\s*:\s*"?([\w-]+)/.exec(facts)?.[1];
  const called = alias ?? /"?alias"?\s*:\s*"([^"]*)"/.exec(facts)?.[1] ?? key;
  const kind =
    word === 'actor' ? 'client' : type && type !== 'participant' ? (KINDS[type] ?? kindOfWord(type)) : null;
  part(drawing, key, { name: linesOf(called).join(' '), kind: kind ?? null, frame: box, at });
}

/** Of the shapes that participants have. */
const KINDS: Readonly<Record<string, NodeKind>> = {
  collections: 'database',
  queue: 'queue',
  database: 'database',
};

function part({ parts }: Drawing, key: string, facts: Omit<Part, 'key'>): void {
  if (!parts.has(key)) parts.set(key, { key, ...facts });
}

function readMessage({ drawing, asked }: Chart, said: string, at: number): void {
  ARROW.lastIndex = 0;
  const arrow = ARROW.exec(said);
  if (!arrow || arrow.index === 0)
    throw new Misread(at, `a message such as Alice->>Bob: Hello is expected, not “${said.slice(0, 30)}”`);
  const from = said.slice(0, arrow.index).trim();
  const rest = said.slice(arrow.index + arrow[0].length).replace(/^[ \t]*[+-]?[ \t]*/, '');
  const colon = rest.indexOf(':');
  const to = (colon < 0 ? rest : rest.slice(0, colon)).trim();
  if (to === '') throw new Misread(at, 'this message goes to nobody');
  for (const name of [from, to]) part(drawing, name, { name: linesOf(name).join(' '), kind: null, at });
  if (from === to) return remark(drawing, 'messages of a part to itself, left out');
  const isAnswer = arrow[0].startsWith('--') && asked.has(JSON.stringify([to, from]));
  if (isAnswer) return remark(drawing, 'answers, which run along the edge of their question');
  asked.add(JSON.stringify([from, to]));
  const label = colon < 0 ? [] : linesOf(rest.slice(colon + 1)).join(' ');
  draw(drawing, { source: from, target: to, kind: null, operations: label ? [label].flat() : [], at });
}
