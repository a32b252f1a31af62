/**
 * What the formats that write diagrams as text have in common: a drawing under the keys that the text gives its
 * parts, and how it becomes a board. Frames don't nest on a board: a part is in the innermost, which says what it is in.
 */
import { type EdgeKind, edgeKindBetween, isCarrier, type NodeKind } from '../../graph/index.ts';
import { createGraph, titleOf } from '../build.ts';
import { type Read, type ReadContext, refuse } from '../format.ts';
import { MOST, megabytes } from '../limits.ts';
import { SECRETS, secretsOut } from '../prose.ts';
import { isAsked } from '../recognise.ts';
import { recognised } from './kinds.ts';
import { saysTakes } from './label.ts';
import { Misread, type PlaceOf, placesIn } from './scan.ts';

export type Part = {
  key: string;
  name: string;
  /** Null where nothing but its name and technology tells. */
  kind: NodeKind | null;
  /** What its shape suggests, where nothing tells better. */
  hint?: NodeKind | null;
  technology?: string | undefined;
  description?: string | undefined;
  instances?: number | undefined;
  links?: readonly string[];
  /** Key of the frame that it is in. */
  frame?: string | undefined;
  /** Where it is first named, offset. */
  at: number;
};
export type Frame = {
  key: string;
  name: string;
  parent?: string | undefined;
  description?: string | undefined;
  /** What a part is that stands for it, where an arrow ends on it. */
  as?: Pick<Part, 'kind' | 'hint' | 'technology'>;
};
/** An end is the key of a part or of a frame. */
export type Arrow = {
  source: string;
  target: string;
  /** Null for what naturally runs between the kinds of its ends. */
  kind: EdgeKind | null;
  protocol?: string | undefined;
  operations?: readonly string[];
  description?: string | undefined;
  /** A line that does not say which way. */
  isHeadless?: boolean;
  at: number;
};
export type Drawing = {
  title: string | null;
  parts: Map<string, Part>;
  frames: Map<string, Frame>;
  arrows: Arrow[];
  /** What was left out or taken for something, in words; counted by those words. */
  remarks: Map<string, number>;
};

export const emptyDrawing = (): Drawing => ({
  title: null,
  parts: new Map(),
  frames: new Map(),
  arrows: [],
  remarks: new Map(),
});

export function remark(drawing: Drawing, reason: string, count = 1): void {
  if (count > 0) drawing.remarks.set(reason, (drawing.remarks.get(reason) ?? 0) + count);
}

/** Adds an arrow; more than a board can show are a fault where the first of them stands. */
export function draw(drawing: Drawing, arrow: Arrow): void {
  if (drawing.arrows.length >= MOST.edges)
    throw new Misread(arrow.at, `is the arrow number ${MOST.edges + 1}; at most ${MOST.edges} can be drawn`);
  drawing.arrows.push(arrow);
}

/** An arrow as a line with heads draws it: `from` and `to` in the order they are written. */
export function drawLine(
  drawing: Drawing,
  {
    from,
    to,
    heads,
    ...facts
  }: { from: string; to: string; heads: Heads } & Omit<Arrow, 'source' | 'target'>,
): void {
  const isBack = heads.start && !heads.end;
  const [source, target] = isBack ? [to, from] : [from, to];
  if (heads.start && heads.end) remark(drawing, BOTH_WAYS);
  draw(drawing, { ...facts, source, target, isHeadless: !heads.start && !heads.end });
}
export type Heads = { start: boolean; end: boolean };
export const BOTH_WAYS = 'arrows with two heads, drawn from the first to the second end';

/** Nothing nests deeper in a diagram that a person wrote. */
const DEEPEST = 64;
export function checkDepth(depth: number, at: number): void {
  if (depth > DEEPEST) throw new Misread(at, `nests more than ${DEEPEST} deep`);
}

export type Source = {
  text: string;
  format: string;
  file: string;
  context: ReadContext;
  /** Where an offset is, when the text is of several files. */
  placeOf?: PlaceOf;
};

/** What a file comes to that `parse` reads, with the place of the fault where it can't. */
export function readDrawing(source: Source, parse: (text: string) => Drawing): Read {
  const { text, format, file, context, placeOf = placesIn(text) } = source;
  if (text.length > MOST.diagram)
    return refuse(
      file,
      '',
      `is ${megabytes(text.length)} of text; diagrams up to ${megabytes(MOST.diagram)} can be read`,
    );
  const originOf = (at: number) => {
    const { file: from, line } = placeOf(at);
    return { at: `line ${line}`, ...(from !== undefined && { from }) };
  };
  try {
    return boardOf(parse(text), { format, file, context, originOf });
  } catch (fault) {
    if (!(fault instanceof Misread)) throw fault;
    const place = placeOf(fault.at);
    return refuse(place.file ?? file, `${place.line}:${place.column}`, fault.message);
  }
}

export type Target = {
  format: string;
  file: string;
  context: ReadContext;
  /** Where in which file a part or an arrow is said to be. */
  originOf(at: number): { at: string; from?: string };
};

/** The board of a drawing, as a reader answers it. */
export function boardOf(drawing: Drawing, { format, file, context, originOf }: Target): Read {
  const { parts, frames, arrows, remarks, title } = drawing;
  if (parts.size > MOST.nodes)
    return refuse(file, '', `names ${parts.size} parts; up to ${MOST.nodes} can be drawn`);
  const graph = createGraph({ newId: context.newId, file });
  const { clean, count } = secretsOut();
  const origin = (at: number) => ({ how: 'stated' as const, ...originOf(at) });
  // By its place a part is known again among others of its name; several may be named in one line.
  const told = new Map<string, number>();
  const ownOrigin = (name: string, offset: number) => {
    const { at, ...from } = origin(offset);
    const key = JSON.stringify([name, at, from]);
    const count = (told.get(key) ?? 0) + 1;
    told.set(key, count);
    return { ...from, at: count > 1 ? `${at}, number ${count}` : at };
  };
  const groupOf = groupsIn(drawing, graph.group);
  const kinds = new Map<string, NodeKind>();
  const reached = new Set(arrows.map(({ target }) => endKey(parts, target)));
  for (const part of withFrameEnds(drawing)) {
    const { kind, technology } = recognised({ ...part, isReached: reached.has(part.key) });
    kinds.set(part.key, kind);
    const { key, instances, links, frame, at } = part;
    const name = clean(part.name) || key;
    const description = part.description && clean(part.description);
    const group = frame === undefined ? undefined : groupOf(frame);
    graph.node(key, {
      ...{ name, kind, origin: ownOrigin(name, at) },
      ...(technology !== undefined && { technology }),
      ...(description !== undefined && { description }),
      ...(instances !== undefined && { instances }),
      ...(links && { links: links.map(clean) }),
      ...(group !== undefined && { group }),
    });
  }
  for (const { source, target, kind, protocol, operations, description, isHeadless, at } of arrows) {
    let [from, to] = [endKey(parts, source), endKey(parts, target)];
    if (isHeadless && isAsked(kinds.get(from)!) && !isAsked(kinds.get(to)!)) [from, to] = [to, from];
    const ends = [kinds.get(from)!, kinds.get(to)!] as const;
    graph.edge(graph.node(from), graph.node(to), kind ?? kindBetween(ends, operations?.[0]), {
      ...{ origin: origin(at) },
      ...(protocol !== undefined && { protocol }),
      ...(operations && { operations: operations.map(clean).filter(Boolean) }),
      ...(description !== undefined && { description: clean(description) }),
    });
  }
  remark(drawing, SECRETS, count());
  const headless = arrows.filter(({ isHeadless }) => isHeadless).length;
  remark(
    drawing,
    'lines without an arrowhead, drawn to the store or queue, else from the first to the second end',
    headless,
  );
  const nested = [...frames.values()].filter(({ parent }) => parent !== undefined).length;
  if (nested > 0)
    graph.remark(`boundaries inside of others, drawn as groups that say what they are in: ${nested}`);
  for (const [reason, count] of remarks) graph.remark(count > 1 ? `${reason}: ${count}` : reason);
  return graph.read(format, title?.trim() || titleOf(file, 'Diagram'));
}

/** An arrow to a queue may say that its source takes from there; it stays as it is drawn. */
export const kindBetween = ([from, to]: readonly [NodeKind, NodeKind], text: string | undefined): EdgeKind =>
  isCarrier(to) && !isAsked(from) && saysTakes(text) ? 'consume' : edgeKindBetween(from, to);

/** Where an arrow ends on a frame, a part of that frame stands for it. */
const endKey = (parts: Drawing['parts'], end: string) => (parts.has(end) ? end : `frame ${end}`);

function withFrameEnds({ parts, frames, arrows, remarks }: Drawing): Part[] {
  const stand = new Map<string, Part>();
  for (const { source, target, at } of arrows)
    for (const end of [source, target]) {
      const frame = frames.get(end);
      if (parts.has(end) || !frame || stand.has(end)) continue;
      const { name, description, as = { kind: null } } = frame;
      stand.set(end, { key: endKey(parts, end), name, description, ...as, frame: end, at });
    }
  if (stand.size > 0)
    remarks.set('boundaries that arrows end on, with a part of the same name in them', stand.size);
  return [...parts.values(), ...stand.values()];
}

/** The group of each frame that holds parts or nothing; one that only holds frames is what these are in. */
function groupsIn({ frames, parts, arrows }: Drawing, make: ReturnType<typeof createGraph>['group']) {
  const holders = new Set([...frames.values()].map(({ parent }) => parent));
  const used = new Set([...parts.values()].map(({ frame }) => frame));
  for (const { source, target } of arrows) for (const end of [source, target]) used.add(end);
  const ids = new Map<string, string>();
  for (const frame of frames.values()) {
    if (holders.has(frame.key) && !used.has(frame.key)) continue;
    const around = [];
    for (
      let up = frames.get(frame.parent ?? '');
      up && around.length < DEEPEST;
      up = frames.get(up.parent ?? '')
    )
      around.push(up.name);
    const inside = around.length > 0 ? `In ${around.join(', in ').replace(/\.$/, '')}.` : '';
    const description = [frame.description ?? '', inside].filter(Boolean).join(' ');
    ids.set(frame.key, make(frame.key, { name: frame.name, ...(description && { description }) }));
  }
  return (key: string) => ids.get(key);
}
