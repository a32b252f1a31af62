/**
 * The sketch language: a system as fast as talk, `checkout -> payments -> kafka:orders => fulfilment`.
 * One page for people: docs/sketch.md.
 *
 *   text ─► parse ─► statements ─► apply (names ─► kinds ─► edges ─► places) ─► one Patch
 *   board ─► write ─► text
 *
 * What is written is found by name before it is made, so that the same text twice changes nothing more.
 */
import type { EdgeKind, MarkStatus, NodeKind } from '../../graph/index.ts';

/** A place in the text; line and column from 1, columns and length in UTF-16 units. */
export type Span = { line: number; column: number; length: number };

export type SketchFault = Span & { reason: string };

/** A part by its name, with whatever is said of it in passing. */
export type NodeMention = {
  name: string;
  kind?: NodeKind;
  technology?: string;
  instances?: number;
  at: Span;
};

/**
 * What an arrow says of its traffic: a kind in so many words; `natural`, what runs between such ends; or
 * `message`, to or from whichever end carries messages.
 */
export type ArrowKind = EdgeKind | 'natural' | 'message';

export type EdgeMention = {
  source: NodeMention;
  target: NodeMention;
  kind: ArrowKind;
  protocol?: string;
  operations: string[];
};

/** All that one statement names, and what it says of it. */
export type Statement = {
  nodes: NodeMention[];
  edges: EdgeMention[];
  /** The boundary that the nodes are put in. */
  group?: { name: string; at: Span };
  /** The suspicion on the edges; on the nodes where there are no edges. */
  mark?: { status: MarkStatus; hypothesis?: string };
  /** Settings of the only node. */
  config?: { system?: string; version?: string; values: Record<string, string> };
};
