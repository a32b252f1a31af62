/** What every painter is handed: the context, set so that one unit is one board pixel, and what is in view. */
import type { Id, Rect } from '../../graph/index.ts';
import type { Tokens } from '../../picture/index.ts';
import type { Workspace, WorkspaceState } from '../../workspace/index.ts';
import type { Moved } from '../boxes.ts';

export type Pen = {
  context: CanvasRenderingContext2D;
  tokens: Tokens;
  zoom: number;
  /** What is in view, board pixels. */
  view: Rect;
  workspace: Workspace;
  state: WorkspaceState;
  moved: Moved;
  mounted: ReadonlySet<Id>;
  /** True where nodes are painted because many are in view. */
  painting: boolean;
  hoveredEdge: Id | null;
};

/** A length that is `pixels` on the page whatever the zoom, in board pixels. */
export const onPage = (pen: Pen, pixels: number): number => pixels / pen.zoom;
