/**
 * Copies: what is lifted off a board, as records, as text, and put down again, there or elsewhere.
 *
 *   clipOf(board, selection) ─► Clip ─► text ─► parseClip ─► paste ─► Patch
 *
 * Suspicions and measurements belong to what was investigated and are not copied; nor are pins and locks.
 */
import * as z from 'zod/mini';
import { isCarrier, normaliseName } from '../binding.ts';
import { type Id, idSchema } from '../fields.ts';
import { boundsOf, centreOf, nodeRect, type Rect } from '../geometry.ts';
import type { Patch } from '../patch.ts';
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  COORDINATE_LIMIT,
  edgeSchema,
  nodeSchema,
  noteSchema,
  type Point,
  RECORD_SCHEMAS,
} from '../schema.ts';

const clipSchema = z.strictObject({
  chalkline: z.literal('clip'),
  nodes: z.record(idSchema, nodeSchema),
  edges: z.record(idSchema, edgeSchema),
  groups: z.record(idSchema, RECORD_SCHEMAS.groups),
  notes: z.record(idSchema, noteSchema),
});

export type Clip = z.infer<typeof clipSchema>;

/** What is selected: with groups all that is in them, with nodes the edges between them. */
export function clipOf(
  board: Board,
  selection: { nodes: Iterable<Id>; notes: Iterable<Id>; groups: Iterable<Id> },
): Clip {
  const groups = pick(board.groups, selection.groups);
  const chosen = new Set(selection.nodes);
  const nodes = pick(
    board.nodes,
    Object.keys(board.nodes).filter((id) => chosen.has(id) || (board.nodes[id]!.group ?? '') in groups),
  );
  const between = Object.keys(board.edges).filter(
    (id) => board.edges[id]!.source in nodes && board.edges[id]!.target in nodes,
  );
  return {
    chalkline: 'clip',
    nodes,
    edges: pick(board.edges, between),
    groups,
    notes: pick(board.notes, selection.notes),
  };
}

function pick<R>(records: Record<Id, R>, ids: Iterable<Id>): Record<Id, R> {
  const picked: Record<Id, R> = {};
  for (const id of ids) if (records[id]) picked[id] = records[id];
  return picked;
}

export const isEmptyClip = ({ nodes, notes }: Clip): boolean =>
  Object.keys(nodes).length === 0 && Object.keys(notes).length === 0;

export const serializeClip = (clip: Clip): string => JSON.stringify(clip);

/** The clip that a text holds; null for any other text. */
export function parseClip(text: string): Clip | null {
  try {
    const parsed = clipSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Where a clip stands, as it was lifted off. */
const clipBounds = (clip: Clip): Rect | null =>
  boundsOf([
    ...Object.values(clip.nodes).map(nodeRect),
    ...Object.values(clip.notes).map(({ position: [x, y], size: [width, height] }) => ({
      x,
      y,
      width,
      height,
    })),
  ]);

/** How far what is put down twice at one place stands apart, board pixels. */
const APART = 32;

export type Paste = { patch: Patch; nodes: Id[]; notes: Id[]; groups: Id[] };

/**
 * Puts copies down: `by` from where they were lifted off, or with their middle `at` a point, where nothing is
 * covered exactly. Names stay unless they are taken. `inGroups` leaves copies in the groups they came from.
 */
export function paste(
  board: Board,
  args: { clip: Clip; newId: () => Id; inGroups?: boolean } & ({ by: Point } | { at: Point }),
): Paste {
  const { clip, newId } = args;
  const by = 'by' in args ? args.by : uncovered(board, clip, toMiddle(clip, args.at));
  const ids = new Map<Id, Id>();
  for (const id of [...Object.keys(clip.groups), ...Object.keys(clip.nodes), ...Object.keys(clip.notes)])
    ids.set(id, newId());
  const carriers = namesOf(Object.values(board.nodes).filter(({ kind }) => isCarrier(kind)));
  const parts = namesOf(Object.values(board.nodes).filter(({ kind }) => !isCarrier(kind)));
  const nodes = Object.values(clip.nodes).map((node): BoardNode => {
    const { pinned: _pinned, locked: _locked, group: from, match, ...rest } = node;
    const group = from === undefined ? undefined : (ids.get(from) ?? (args.inGroups ? from : undefined));
    const names = isCarrier(node.kind) ? carriers : parts;
    const name = names.free(node.name);
    // two nodes that telemetry calls the same would both lose their figures
    const keepsMatch = match !== undefined && name === node.name && !match.names.some(names.isTaken);
    names.take(name, ...(keepsMatch ? match.names : []));
    return {
      ...rest,
      id: ids.get(node.id)!,
      name,
      position: shifted(node.position, by),
      ...(keepsMatch && { match }),
      ...(group !== undefined && (group in board.groups || group !== from) && { group }),
    };
  });
  const edges = Object.values(clip.edges).flatMap((edge): BoardEdge[] => {
    const { route: _route, ...rest } = edge;
    const source = ids.get(edge.source);
    const target = ids.get(edge.target);
    return source === undefined || target === undefined ? [] : [{ ...rest, id: newId(), source, target }];
  });
  const notes = Object.values(clip.notes).map(({ locked: _locked, ...note }) => ({
    ...note,
    id: ids.get(note.id)!,
    position: shifted(note.position, by),
  }));
  const groups = Object.values(clip.groups).map((group) => ({ ...group, id: ids.get(group.id)! }));
  return {
    patch: {
      groups: { added: byId(groups) },
      nodes: { added: byId(nodes) },
      edges: { added: byId(edges) },
      notes: { added: byId(notes) },
    },
    nodes: nodes.map(({ id }) => id),
    notes: notes.map(({ id }) => id),
    groups: groups.map(({ id }) => id),
  };
}

const byId = <R extends { id: Id }>(records: readonly R[]): Record<Id, R> =>
  Object.fromEntries(records.map((record) => [record.id, record]));

function toMiddle(clip: Clip, [x, y]: Point): Point {
  const bounds = clipBounds(clip);
  if (!bounds) return [0, 0];
  const [cx, cy] = centreOf(bounds);
  return [Math.round(x - cx), Math.round(y - cy)];
}

/** The shift, further to the lower right until no copy lies exactly upon what stands there. */
function uncovered(board: Board, clip: Clip, by: Point): Point {
  const key = ([x, y]: Point) => `${x} ${y}`;
  const standing = new Set(
    [...Object.values(board.nodes), ...Object.values(board.notes)].map(({ position }) => key(position)),
  );
  const lifted = [...Object.values(clip.nodes), ...Object.values(clip.notes)];
  let shift = by;
  // each step leaves at least one of what stands behind, and the limit of coordinates ends it in any case
  for (let i = 0; i <= standing.size; i++) {
    if (!lifted.some(({ position }) => standing.has(key(shifted(position, shift))))) break;
    shift = [shift[0] + APART, shift[1] + APART];
  }
  return shift;
}

const shifted = ([x, y]: Point, [dx, dy]: Point): Point => [clamp(x + dx), clamp(y + dy)];
const clamp = (value: number) => Math.max(-COORDINATE_LIMIT, Math.min(COORDINATE_LIMIT, value));

/** Longest base of a numbered name, so that the number still fits. */
const LONGEST = 390;

/** Names as telemetry reads them, and the next free ones: `cart`, `cart 2`, `cart 3`. */
function namesOf(nodes: readonly BoardNode[]) {
  const taken = new Set<string>();
  const take = (...names: string[]) => {
    for (const name of names) taken.add(normaliseName(name));
  };
  for (const { name, match } of nodes) take(name, ...(match?.names ?? []));
  const isTaken = (name: string) => taken.has(normaliseName(name));
  return {
    take,
    isTaken,
    free(name: string): string {
      if (!isTaken(name)) return name;
      const base = name.replace(/ \d+$/, '').slice(0, LONGEST);
      for (let n = 2; ; n++) if (!isTaken(`${base} ${n}`)) return `${base} ${n}`;
    },
  };
}
