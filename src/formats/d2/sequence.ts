/**
 * D2's sequence diagrams: what stands in one itself are parts; spans of an actor, notes on it and groups of messages
 * are none.
 */
import type { Shape } from './tree.ts';

const isSequence = (shape: Shape | null): boolean => shape?.shape === 'sequence_diagram';

/** From what stands in the sequence itself to the shape; empty outside of one. */
function pathIn(shape: Shape): Shape[] {
  const path: Shape[] = [];
  for (let at: Shape | null = shape; at; at = at.up) {
    path.unshift(at);
    if (isSequence(at.up)) return path;
  }
  return [];
}

/** The part that a line ends on: in a group of messages, `alice` is the one beside the group. */
export function actorOf(shape: Shape): Shape {
  const [first, ...inside] = pathIn(shape);
  const named = inside.map(({ id }) => first!.up!.children.get(id.toLowerCase())).find(Boolean);
  return named ?? first ?? shape;
}

export const isActor = (shape: Shape): boolean =>
  isSequence(shape.up) && (shape.isJoined || shape.children.size === 0);

/** Whether it stands in a sequence and is no part. */
export const isNoActor = (shape: Shape): boolean => pathIn(shape).length > 0 && !isActor(shape);
