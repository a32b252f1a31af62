/** What a person is looking at and doing right now. Never in the board, so never in undo and never on disk. */
import type {
  Board,
  EpochMs,
  Id,
  Milliseconds,
  NodeKind,
  Patch,
  Review,
  Subject,
  Units,
} from '../graph/index.ts';
import type { Comparison, Moment } from './moment.ts';
import type { Spotlight } from './spotlight.ts';

export type Tool =
  | { type: 'select' }
  | { type: 'hand' }
  | { type: 'note' }
  | { type: 'node'; kind: NodeKind };
export type Selection = {
  readonly nodes: ReadonlySet<Id>;
  readonly edges: ReadonlySet<Id>;
  readonly notes: ReadonlySet<Id>;
  readonly groups: ReadonlySet<Id>;
};
export type SelectionKind = keyof Selection;
export type PanelTab = 'inspector' | 'outline' | 'suspects' | 'measure' | 'experiments' | 'sources';
export type ThemeChoice = 'system' | 'light' | 'dark';

export type Preview = {
  text: string;
  /** In place of "Apply" and "Cancel". */
  words?: { apply: string; cancel: string };
  /** More to read before that is decided. */
  details?: readonly string[];
  apply: () => void;
  cancel: () => void;
  /** Shown in a panel of its own, because a person can say otherwise. */
  review?: ImportReview;
};

/** Files that wait to be added to the board, and what that would do. */
export type ImportReview = {
  /** The files by name. */
  name: string;
  /** What they say. */
  graph: Board;
  told: Review;
  /** All that adding them changes. */
  patch: Patch;
  /** What of them could not be read, in a sentence, and each fault; null where all could. */
  leftOut: { text: string; faults: readonly string[] } | null;
  /** What was mended or is not drawn, in words. */
  remarks: readonly string[];
  /** Figures that come along: of so many parts and connections. */
  figures: number;
  /** Takes off the board what is gone from the files; asked for, never a matter of course. */
  removing: boolean;
  /** Says who on the board a node of the files is; null: none of them. */
  choose: (node: Id, as: Id | null) => void;
  setRemoving: (removing: boolean) => void;
  /** Opens them as a board of their own, and leaves this one as it is. */
  openAlone: () => void;
};

export type Session = {
  tool: Tool;
  selection: Selection;
  /** What is being renamed in place. */
  editing: { type: SelectionKind; id: Id } | null;
  panel: { open: boolean; tab: PanelTab };
  /** Telemetry's names and the board's parts are looked at side by side, among the sources. */
  matching: boolean;
  /** The source that draws what it sees as it comes, until a hand draws; null where none does. */
  drawing: Id | null;
  /** The quantile on every label. */
  quantile: number;
  /** The one instance that is spoken of wherever it is told apart; null is all of them together. */
  instance: string | null;
  /** Rates are shared out over the instances. */
  perInstance: boolean;
  theme: ThemeChoice;
  /** How durations are written. */
  units: Units;
  /** Dots on the slate. */
  grid: boolean;
  /** A dialog that covers the board, by name. */
  dialog: 'command' | 'help' | 'boards' | 'export' | 'link' | 'preferences' | 'replace' | null;
  /** What happened last, in one sentence; errors stay until they are put away. */
  notice: { text: string; tone: 'info' | 'error'; details?: readonly string[]; key: number } | null;
  /** A layout or import under way, with its words, and how much of it is done (0 to 1) where that is known; it can be cancelled. */
  working: { text: string; done?: number; cancel?: () => void } | null;
  /** What a panel row points at. */
  ringed: Subject | null;
  /** The experiment that is pointed at in the log. */
  experiment?: Id;
  /** What is lit while the rest of the board is dimmed. */
  spotlight: Spotlight | null;
  /** The moment that the board speaks of; null is now. */
  moment: Moment | null;
  /** What is compared with; null is the latest snapshot. */
  compare: Comparison | null;
  /** The timeline is in sight. */
  timeline: boolean;
  /** The stretch of time on the timeline and in charts; without an end it goes on to now. */
  range: { span: Milliseconds; end: EpochMs | null };
  /** Charts stand over the timeline, so high (page pixels). */
  charts: { open: boolean; height: number };
  /** Over how long a moment is looked at, and how far moments are apart. */
  look: { window: Milliseconds; step: Milliseconds };
  /** The board alone on the page, shown group by group. */
  presenting: boolean;
  /** A change that is only shown, as ghosts: what a sketch would draw. */
  ghost: Patch | null;
  /** A layout or an import that is only shown, and its words: it waits to be applied or put away. */
  preview: Preview | null;
};

export const emptySelection: Selection = {
  nodes: new Set(),
  edges: new Set(),
  notes: new Set(),
  groups: new Set(),
};

export const initialSession: Session = {
  tool: { type: 'select' },
  selection: emptySelection,
  editing: null,
  panel: { open: true, tab: 'inspector' },
  matching: false,
  drawing: null,
  quantile: 0.95,
  instance: null,
  perInstance: false,
  theme: 'system',
  units: 'auto',
  grid: true,
  dialog: null,
  notice: null,
  working: null,
  ringed: null,
  spotlight: null,
  moment: null,
  compare: null,
  timeline: false,
  range: { span: 900_000, end: null },
  charts: { open: false, height: 260 },
  look: { window: 60_000, step: 5000 },
  presenting: false,
  ghost: null,
  preview: null,
};

export const select = (only: Partial<Record<SelectionKind, Iterable<Id>>>): Selection => ({
  nodes: new Set(only.nodes),
  edges: new Set(only.edges),
  notes: new Set(only.notes),
  groups: new Set(only.groups),
});

export const selectionSize = (selection: Selection): number =>
  selection.nodes.size + selection.edges.size + selection.notes.size + selection.groups.size;

/** The one node or edge selected, or null when it is none or several. */
export function soleSubject(selection: Selection): Subject | null {
  if (selection.notes.size > 0 || selection.groups.size > 0) return null;
  if (selection.nodes.size + selection.edges.size !== 1) return null;
  const [node] = selection.nodes;
  if (node !== undefined) return { type: 'node', id: node };
  const [edge] = selection.edges;
  return edge === undefined ? null : { type: 'edge', id: edge };
}
