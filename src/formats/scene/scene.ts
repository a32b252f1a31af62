/**
 * What the formats have in common that say where things stand (draw.io, Excalidraw, JSON Canvas): shapes and the lines
 * between them, and how these become a board.
 *
 *   shapes ─► texts name the boxes they lie on ─► boxes around others are boundaries ─► parts, groups, notes
 *   lines  ─► tied to shapes, or touching them ─► edges
 *
 * What Chalkline wrote carries the records themselves (see data.ts), so that nothing has to be guessed.
 */
import type { Point, Rect } from '../../graph/index.ts';
import type { Heads } from '../diagram/drawing.ts';
import type { Aspect } from '../format.ts';
import type { BoxSaid, NodeWords } from './words.ts';

export type Json = Record<string, unknown>;

export type Shape = {
  id: string;
  /** A text names what it lies on or is a note; a note is one whatever it lies on; a frame is a boundary. */
  type: 'box' | 'text' | 'note' | 'frame';
  rect: Rect;
  text: string;
  /** Id of the frame that it is in, where the format says so. */
  frame?: string | undefined;
  /** What its icon or form says. */
  words?: NodeWords;
  /** Nothing can be written in it: what stands below is its name. */
  isPicture?: boolean;
  /** What its text means, where the format has fields for that. */
  said?: BoxSaid;
  links?: readonly string[];
  /** The record that Chalkline wrote into it. */
  data?: Json | undefined;
  /** The place in the file. */
  at: string;
};

/** Tied to a shape, or a point that may lie on one. */
export type End = { id?: string | undefined; point?: Point | undefined };

export type Line = {
  from: End;
  to: End;
  heads: Heads;
  text: string;
  data?: Json | undefined;
  at: string;
};

export type Scene = {
  title: string | null;
  shapes: Shape[];
  lines: Line[];
  /** What the reader left out, in words. */
  remarks: { reason: string; path?: string; isBroken?: true }[];
};

/** What comes back of a board that was written as a scene. */
export const ASPECTS: readonly Aspect[] = [
  ...(['names', 'kinds', 'technologies', 'instances', 'descriptions', 'links', 'config'] as const),
  ...(['telemetry names', 'edges', 'edge kinds', 'operations', 'protocols'] as const),
  ...(['groups', 'places', 'notes', 'marks'] as const),
];
export const LOSES =
  'the title, groups without parts, where things come from, snapshots, experiments, sources and events';
