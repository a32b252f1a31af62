/**
 * The records of a board as data in another program's file: what a picture of them doesn't show. Read back field by
 * field, each held to the board's schema: the file may have been edited, by anybody.
 */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  edgeSchema,
  type Id,
  type Mark,
  markOn,
  markSchema,
  type Note,
  nodeSchema,
  noteSchema,
  RESERVED_IDS,
  type Subject,
} from '../../graph/index.ts';
import { isObject } from '../format.ts';
import type { Json, Shape } from './scene.ts';

/** All fields but those that the picture itself shows, or that mean other records. */
const fieldsOf = (shape: object, but: readonly string[]): readonly string[] =>
  Object.keys(shape).filter((field) => !but.includes(field));
const NODE_FIELDS = fieldsOf(nodeSchema.shape, ['id', 'position', 'group', 'origins']);
const EDGE_FIELDS = fieldsOf(edgeSchema.shape, ['id', 'source', 'target', 'origins', 'route']);
const NOTE_FIELDS = fieldsOf(noteSchema.shape, ['id', 'position', 'size']);
const MARK_FIELDS = fieldsOf(markSchema.shape, ['id', 'subject']);

type Fields = Readonly<Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } }>>;

function kept(record: object, fields: readonly string[]): Json {
  const all = record as Json;
  return Object.fromEntries(
    fields.flatMap((field) => (all[field] === undefined ? [] : [[field, all[field]]])),
  );
}

function picked(shape: Fields, fields: readonly string[], data: Json): Json {
  const found: Json = {};
  for (const field of fields) {
    const parsed = Object.hasOwn(data, field) ? shape[field]!.safeParse(data[field]) : null;
    if (parsed?.success && parsed.data !== undefined) found[field] = parsed.data;
  }
  return found;
}

function marked(board: Board, subject: Subject): Json {
  const mark = markOn(board, subject);
  return mark ? { mark: kept(mark, MARK_FIELDS) } : {};
}

export const nodeData = (board: Board, node: BoardNode): Json => ({
  is: 'node',
  ...kept(node, NODE_FIELDS),
  position: node.position,
  ...marked(board, { type: 'node', id: node.id }),
});

export const edgeData = (board: Board, edge: BoardEdge): Json => ({
  is: 'edge',
  ...kept(edge, EDGE_FIELDS),
  ...marked(board, { type: 'edge', id: edge.id }),
});

export const groupData = (group: Board['groups'][string]): Json => ({
  is: 'group',
  ...kept(group, ['name', 'description', 'collapsed']),
});

export const noteData = (note: Note): Json => ({ is: 'note', ...kept(note, NOTE_FIELDS) });

/** The data of a record of ours; undefined for what is none. */
export const dataIn = (value: unknown): Json | undefined =>
  isObject(value) && typeof value.is === 'string' ? value : undefined;

export function nodeIn(data: Json): Partial<BoardNode> {
  const node: Partial<BoardNode> = picked(nodeSchema.shape, NODE_FIELDS, data);
  const settings = node.config ? [node.config.values, node.config.reasons ?? {}].flatMap(Object.keys) : [];
  if (settings.some((key) => RESERVED_IDS.has(key))) delete node.config;
  return node;
}

export const edgeIn = (data: Json): Partial<BoardEdge> => picked(edgeSchema.shape, EDGE_FIELDS, data);

export const noteIn = (data: Json): Partial<Note> => picked(noteSchema.shape, NOTE_FIELDS, data);

export function groupIn(data: Json): { name?: string; description?: string; collapsed?: true } {
  const { name, description } = nodeSchema.shape;
  const said = picked({ name, description }, ['name', 'description'], data);
  return { ...said, ...(data.collapsed === true && { collapsed: true }) };
}

/** Null where there is none. */
export function markIn({ mark }: Json, subject: Subject, { id, now }: { id: Id; now: number }): Mark | null {
  if (!isObject(mark)) return null;
  const found = { at: now, ...picked(markSchema.shape, MARK_FIELDS, mark), id, subject };
  const parsed = markSchema.safeParse(found);
  return parsed.success ? parsed.data : null;
}

/** True where nobody has moved what we drew: what is around it is what its record says, whatever else lies there. */
export function isUnmoved({ rect, data }: Pick<Shape, 'rect' | 'data'>): boolean {
  const [x, y] = Array.isArray(data?.position) ? data.position : [];
  const isAt = (now: number, then: unknown) => typeof then === 'number' && Math.abs(now - then) < MOVED;
  return isAt(rect.x, x) && isAt(rect.y, y);
}
/** Pixels; less is a rounding on the way. */
const MOVED = 0.01;
