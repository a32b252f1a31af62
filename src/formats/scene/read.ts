/** A scene → a board. */
import {
  type Board,
  type Id,
  type Point,
  pointSchema,
  type Rect,
  type Subject,
  sizeOfKind,
} from '../../graph/index.ts';
import { createGraph, type GraphInTheMaking, titleOf } from '../build.ts';
import { oneLine } from '../diagram/label.ts';
import { type Read, type ReadContext, refuse } from '../format.ts';
import { MOST } from '../limits.ts';
import { SECRETS, secretsOut } from '../prose.ts';
import { groupIn, isUnmoved, markIn } from './data.ts';
import { findFrames, framesAround, joinedIn, leaveLegends, nameByTexts, tieEnds } from './enclose.ts';
import { LEGENDS } from './legend.ts';
import { drawLines } from './lines.ts';
import { noteOf } from './notes.ts';
import { type DrawnPart, drawPart } from './parts.ts';
import { placesOf } from './places.ts';
import type { Json, Scene, Shape } from './scene.ts';
import { sameText } from './words.ts';

/** More shapes than this are no drawing of a system. */
const MOST_SHAPES = 10_000;
/** Boundaries in boundaries; more is a ring. */
const DEEPEST = 16;

type Target = { format: string; file: string; context: ReadContext };

export function readScene(scene: Scene, { format, file, context }: Target): Read {
  if (scene.shapes.length > MOST_SHAPES || scene.lines.length > MOST.edges)
    return refuse(
      file,
      '',
      `draws ${scene.shapes.length} shapes and ${scene.lines.length} lines; up to ${MOST_SHAPES} and ${MOST.edges} can be read`,
    );
  const graph = createGraph({ newId: context.newId, file });
  for (const { reason, path, isBroken } of scene.remarks)
    if (isBroken) graph.broken(reason, path);
    else graph.remark(reason, path);
  const count = (reason: string, number: number) => number > 0 && graph.remark(`${reason}: ${number}`);
  count('lines that touch their boxes without being tied to them, taken as tied', tieEnds(scene));
  count(SECRETS, cleaned(scene));
  const joined = joinedIn(scene.lines);
  findFrames(scene, joined);
  nameByTexts(scene, joined);
  count(LEGENDS, leaveLegends(scene, joined));
  const { lines } = scene;
  const { parts, frames, notes, around, nameless } = sortOut(scene, joined);
  count('boxes without a name that nothing is joined to, left out', nameless);
  const groupOf = groupsOf(frames, parts, around, graph);
  const reached = new Set(lines.flatMap(({ from, to, heads }) => (heads.start ? [from.id, to.id] : [to.id])));
  const drawn = parts.map((shape) => drawPart(shape, groupOf(shape), graph, reached.has(shape.id)));
  const { edges, left } = drawLines(lines, new Map(drawn.map((part) => [part.shape.id, part])), graph);
  count('lines that do not join two parts, left out', left);
  const places = placesOf(drawn.map(standOf));
  if (places.spread > 1 && places.areGood)
    graph.remark(`drawn ${places.spread.toFixed(1)} times as far apart, so that no card lies on another`);
  const title = scene.title?.trim() || titleOf(file, 'Drawing');
  const read = graph.read(format, title, { placed: places.areGood });
  if (!read.ok) return read;
  const { board } = read;
  for (const { id, record } of drawn)
    Object.assign(board.nodes[id]!, record, { position: places.of.get(id)! });
  for (const { id, record } of edges) Object.assign(board.edges[id]!, record);
  for (const frame of frames) {
    const group = frame.data && board.groups[graph.group(frame.id)];
    const { name, ...record } = frame.data ? groupIn(frame.data) : {};
    if (group) Object.assign(group, record, name !== undefined && sameText(name, frame.text) && { name });
  }
  for (const { id, data } of drawn.map(({ id, shape }) => ({ id, data: shape.data })))
    addMark(board, { type: 'node', id }, data, context);
  for (const { id, data } of edges) addMark(board, { type: 'edge', id }, data, context);
  for (const shape of notes) {
    const note = noteOf(shape, places, context.newId());
    if (note) board.notes[note.id] = note;
  }
  return read;
}

/** Takes secrets out of what is written; what we wrote ourselves is as it was. @returns of how many texts */
function cleaned({ shapes, lines }: Scene): number {
  const { clean, count } = secretsOut();
  for (const each of [...shapes, ...lines]) if (!each.data) each.text = clean(each.text);
  for (const shape of shapes) {
    if (shape.links && !shape.data) shape.links = shape.links.map(clean);
    if (shape.said?.description !== undefined)
      shape.said = { ...shape.said, description: clean(shape.said.description) };
  }
  return count();
}

function addMark(board: Board, subject: Subject, data: Json | undefined, { newId, now }: ReadContext): void {
  const mark = data?.mark === undefined ? null : markIn(data, subject, { id: newId(), now });
  if (mark) board.marks[mark.id] = mark;
}

/** Where it stood when we drew it: exactly, unless it was moved since. */
function standOf({ id, kind, shape }: DrawnPart) {
  const { rect, data } = shape;
  const { width, height } = sizeOfKind(kind);
  const isOurs = data !== undefined && Math.abs(rect.width - width) < 1 && Math.abs(rect.height - height) < 1;
  const place = isUnmoved(shape) ? pointSchema.safeParse(data?.position).data : undefined;
  const was: Point | null = place ?? (isOurs ? [rect.x, rect.y] : null);
  return { id, kind, rect, was };
}

type Sorted = {
  /** A boundary that arrows end on has a part of its name in it, which stands for it. */
  parts: Shape[];
  frames: Shape[];
  notes: Shape[];
  around: ReadonlyMap<Shape, Shape>;
  nameless: number;
};

function sortOut({ shapes, lines }: Scene, joined: ReadonlySet<string>): Sorted {
  const pointed = joinedIn(lines.filter(({ heads }) => heads.start || heads.end));
  const around = new Map(framesAround(shapes));
  const holders = new Set(around.values());
  const sorted: Sorted = { parts: [], frames: [], notes: [], around, nameless: 0 };
  for (const shape of shapes) {
    const { type, id, text, data, words } = shape;
    if (data?.is === 'note' || ((type === 'text' || type === 'note') && !pointed.has(id)))
      sorted.notes.push(shape);
    else if (type === 'frame' && (holders.has(shape) || data?.is === 'group')) {
      sorted.frames.push(shape);
      if (!joined.has(id)) continue;
      const { data: _group, ...frame } = shape;
      const stand: Shape = { ...frame, rect: besides(shape) };
      sorted.parts.push(stand);
      around.set(stand, shape);
    } else if (text !== '' || words || data || joined.has(id)) sorted.parts.push(shape);
    else sorted.nameless++;
  }
  return sorted;
}

/** Left of a boundary, clear of what is in it. */
const besides = ({ rect: { x, y } }: Shape): Rect => ({ x: x - 240, y, width: 184, height: 72 });

/** Groups don't nest: a part is in the innermost boundary, which says what it is in. */
function groupsOf(
  frames: readonly Shape[],
  parts: readonly Shape[],
  around: Sorted['around'],
  graph: GraphInTheMaking,
): (shape: Shape) => Id | undefined {
  const used = new Set(parts.map((shape) => around.get(shape)));
  const named = (frame: Shape) => oneLine(frame.text) || 'Group';
  let nested = 0;
  for (const frame of frames) {
    if (!used.has(frame)) continue;
    const outer: string[] = [];
    for (let up = around.get(frame); up && outer.length < DEEPEST; up = around.get(up)) outer.push(named(up));
    if (outer.length > 0) nested++;
    const { description } = frame.data ? groupIn(frame.data) : {};
    const inside = outer.length > 0 ? `In ${outer.join(', in ')}.` : '';
    graph.group(frame.id, { name: named(frame), description: description ?? inside });
  }
  if (nested > 0)
    graph.remark(`boundaries inside of others, drawn as groups that say what they are in: ${nested}`);
  return (shape) => {
    const frame = around.get(shape);
    return frame && used.has(frame) ? graph.group(frame.id) : undefined;
  };
}
