/** What the workspace is handed by the app: it knows these shapes, not the rooms behind them. */
import type {
  Board,
  BoardEvent,
  EpochMs,
  Frame,
  Id,
  Patch,
  Point,
  Rect,
  SeenGraph,
  SourceConfig,
  Stretch,
  Subject,
  UnboundNode,
  UnboundTraffic,
} from '../graph/index.ts';
import type { Exporter, ExportOptions } from './exporter.ts';

/** Routes and pill places, kept in step with the board. */
export type Routes = {
  /** @param wide how wide those pills are that need more room than others */
  update(board: Pick<Board, 'nodes' | 'edges'>, wide: ReadonlyMap<Id, number>): void;
  /** Does queued routing for at most `ms`; true while some remains. */
  work(ms: number): boolean;
  readonly routes: ReadonlyMap<Id, readonly Point[]>;
  readonly labels: ReadonlyMap<Id, Point>;
  /** Goes up whenever a route or a label place changed. */
  readonly version: number;
  /** A route without regard to obstacles, cheap enough for every frame of a drag. */
  quick(source: Rect, target: Rect): Point[];
};

/** What a canvas can be asked to do. */
export type View = {
  fit(ids?: Iterable<Id>, animate?: boolean): void;
  zoomTo(zoom: number): void;
  zoomBy(factor: number): void;
  panTo(subject: Subject): void;
  /** Brings nodes into view if any of them is outside of it. */
  reveal(ids: readonly Id[]): void;
  /** Moves the view to a node only if it is not wholly in it; the focus follows, where a node had it. */
  follow(node: Id): void;
  /** Middle of what is in view, in board pixels. */
  centre(): Point;
  /** Where the pointer last was over the board, or the centre. */
  pointer(): Point;
  /** Shows nodes moving to where a layout puts them; the board is changed when they have arrived. */
  glide(positions: Record<Id, Point>): Promise<void>;
  /** Ends a glide: from now on nodes stand where the board says. */
  settle(): void;
  focus(): void;
  /** Page pixels (clientX, clientY) as board pixels. */
  at(page: Point): Point;
};

export type PrometheusSource = Extract<SourceConfig, { type: 'prometheus' }>;
export type CustomQuery = NonNullable<PrometheusSource['queries']>[number];

export type SourceHealth = {
  label: string;
  simulated: boolean;
  state: 'connecting' | 'live' | 'stale' | 'lost' | 'static';
  /** When the last good answer came; null when none has. */
  lastAnswer: EpochMs | null;
  /** What happened, to what, and what to do next. */
  reason?: string;
  unbound: readonly UnboundTraffic[];
  /** Parts that figures speak of and no node is found for. */
  unboundNodes?: readonly UnboundNode[];
  /** What a simulator was told to do wrong. */
  fault?: SimulatorFault | null;
  /** What a person should know of its figures, a sentence each. */
  remarks?: readonly string[];
};

export type SimulatorFault =
  | { type: 'slow service'; node: Id; by: number }
  | { type: 'slow link'; edge: Id; by: number }
  | { type: 'exhausted pool'; node: Id }
  | { type: 'slow consumer'; node: Id }
  | { type: 'slow instance'; node: Id; instance: number; by: number };

export type BoardEntry = { id: Id; title: string; updatedAt: EpochMs; nodes: number };

/** What a line of sketch text says of the open board. */
export type Sketch = {
  /** False for text that is no sketch at all, such as the beginning of a name. */
  isSketch: boolean;
  patch: Patch;
  /** What is shown of it while it is typed: without the end, where that is not finished. */
  ghost: Patch;
  touched: { nodes: readonly Id[]; edges: readonly Id[] };
  /** Places from 1; length in characters. */
  faults: readonly { line: number; column: number; length: number; reason: string }[];
};

export type Sketcher = {
  /** @param at where to begin on an empty board */
  read(board: Board, text: string, at: Point): Sketch;
  complete(
    board: Board,
    text: string,
    caret: number,
  ): { from: number; to: number; options: readonly { text: string; detail: string }[] };
};

/** What sources remember of a stretch, and a sentence for each that could not say. */
export type History = { frames: readonly Frame[]; problems: readonly string[] };
/** What sources know to have happened, likewise. */
export type Happened = { events: readonly Omit<BoardEvent, 'id'>[]; problems: readonly string[] };

/** A question to a Prometheus, asked once. */
export type Trial = {
  /** As it was sent, with everything filled in; null where it could not be. */
  sent: string | null;
  /** The first series of the answer. */
  lines: readonly string[];
  /** How many series there were, and how many figures of the board they are. */
  series: number;
  figures: number;
  /** What is wrong with question or answer, a sentence; null where nothing is. */
  problem: string | null;
};

/** A back end that Chalkline's server asks in the page's stead. */
export type Forward = { name: string; type: 'prometheus' | 'jaeger' | 'zipkin' };

/** A file with its path where it came in a folder, and that folder: all that is in one is one system. */
export type BroughtFile = { name: string; within?: string; file: Blob };

/** What a text of configuration sets. */
export type ConfigRead = {
  /** What it configures, as far as the text or the file's name tell. */
  system: string | null;
  version?: string;
  values: Record<string, string>;
  /** Secrets, and credentials in addresses: they are not in the values. */
  leftOut: readonly { key: string; line: number; what: 'secret' | 'credentials' }[];
  /** What can't be read; the values are of the rest. */
  faults: readonly { line: number; reason: string }[];
};

/** As text for a ticket, or as a page that needs nothing else. */
export type ReportFormat = 'markdown' | 'html';

/** What actions need done outside: layout, files, storage, sources. Each reports to the person itself. */
export type Services = {
  /** From scratch. */
  layout(direction: 'RIGHT' | 'DOWN' | 'LEFT' | 'UP'): void;
  /** Shows what tidying would move; the board changes when that is applied. */
  tidy(): void;
  openFiles(): void;
  /** @param onto the part that they were dropped onto: a file of configuration is given to it, or else to the one selected */
  importFiles(files: readonly (File | BroughtFile)[], onto?: Id): void;
  /** Opens the board that the page's address holds behind `#board=`, and takes it out of there. */
  openLinked(): void;
  /** What text would be taken for as a file; null where it is of no known format. */
  recognise(text: string): Promise<{ id: string; suffix: string } | null>;
  /** Reads configuration, without changing anything. Rejects only where the reader can't be fetched. */
  readConfig(text: string, file?: string): Promise<ConfigRead>;
  exportFile(format: 'png' | 'svg' | 'json', options: ExportOptions): void;
  copyPng(options: ExportOptions): void;
  /** All other ways out; fetched when it is first needed. */
  exporter(): Promise<Exporter>;
  /** Hands over what a panel has made, as a file named after the board: `charts`, `csv` of `Outage` is `outage-charts.csv`. */
  saveFile(what: string, suffix: string, content: Blob): void;
  /** Writes the investigation down: picture, timeline, figures, suspects, experiments, and what is still unknown. */
  writeReport(format: ReportFormat): void;
  newBoard(): void;
  openBoard(id: Id): void;
  removeBoard(id: Id): void;
  listBoards(): Promise<BoardEntry[]>;
  openDemo(): void;
  takeOver(): void;
  /** Adds or changes a source and starts reading from it. */
  connect(source: SourceConfig): void;
  disconnect(id: Id): void;
  /** Adds to the board what a source sees and nobody drew. */
  addUnbound(id: Id): void;
  /** The system that a source tells of; why it can't say, in a sentence. Never rejects. */
  seen(
    source: Id,
    signal: AbortSignal,
  ): Promise<{ ok: true; graph: SeenGraph } | { ok: false; reason: string }>;
  /** The back ends that Chalkline's server was given to ask; none where there is no server. Never rejects. */
  forwards(): Promise<readonly Forward[]>;
  /** Asks a question of a person's own, to be looked at before it is kept. Never rejects. */
  tryQuery(source: PrometheusSource, query: CustomQuery, signal: AbortSignal): Promise<Trial>;
  setFault(fault: SimulatorFault | null): void;
  /**
   * What the running sources remember: all moments of the stretch, in order, on the board as it is now. Never rejects.
   * @param only the subjects asked for (subjectKey); all when left out
   */
  history(stretch: Stretch, signal: AbortSignal, only?: ReadonlySet<string>): Promise<History>;
  /** Alerts and annotations that the running sources know of. Never rejects. */
  happened(from: EpochMs, to: EpochMs, signal: AbortSignal): Promise<Happened>;
  /** Copies what is selected, or puts down what was copied. */
  clipboard(how: 'copy' | 'cut' | 'paste'): void;
  /** The reader of sketch text, fetched when it is first needed. */
  sketcher(): Promise<Sketcher>;
};
