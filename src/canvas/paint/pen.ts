/** What every painter is handed: the context, set so that one unit is one board pixel, and what is in view. */
import type { BoardEdge, Id, Rect, TakenOut } from '../../graph/index.ts';
import type { Tokens } from '../../picture/index.ts';
import type { Lit, Workspace, WorkspaceState } from '../../workspace/index.ts';
import type { Moved } from '../boxes.ts';

export type Pen = {
  /** All there is, or, while something is dragged, only what stands still or only what moves. */
  part: 'all' | 'still' | 'moving';
  context: CanvasRenderingContext2D;
  tokens: Tokens;
  zoom: number;
  /** Device pixels a page pixel. */
  ratio: number;
  /** What is in view, board pixels. */
  view: Rect;
  workspace: Workspace;
  /** As it is drawn: collapsed groups as cards. */
  state: WorkspaceState;
  /** The nodes that are cards for a group, with its id. */
  cards: ReadonlyMap<Id, Id>;
  moved: Moved;
  mounted: ReadonlySet<Id>;
  /** True where nodes are painted because many are in view. */
  painting: boolean;
  hoveredEdge: Id | null;
  /** What is lit while the rest is dimmed; null when nothing is. */
  lit: Lit | null;
  /** What experiments have taken out, and what is not reached without it. */
  out: TakenOut | undefined;
};

/** What is dimmed keeps so much of its ink: there, where it was, and out of the way. */
export const DIM = 0.16;

export const isNodeLit = ({ lit, out }: Pen, id: Id): boolean =>
  (lit === null || lit.nodes.has(id)) && !out?.unreached.has(id);

/** An edge that a person deals with is lit wherever it is. */
export const isEdgeLit = ({ lit, out, state, hoveredEdge }: Pen, { id, source }: BoardEdge): boolean =>
  ((lit === null || lit.edges.has(id)) && !out?.edges.has(id) && !out?.unreached.has(source)) ||
  hoveredEdge === id ||
  state.session.selection.edges.has(id);

/** A length that is `pixels` on the page whatever the zoom, in board pixels. */
export const onPage = (pen: Pen, pixels: number): number => pixels / pen.zoom;

/** Whether what does or does not move is painted now. */
export const isPart = ({ part }: Pen, moves: boolean): boolean =>
  part === 'all' || (part === 'moving') === moves;
