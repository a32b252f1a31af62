/**
 * The writer: a board and its readings as one SVG text.
 *
 *   what is drawn (only?) ─► groups · edges · cards · pills · notes · marks ─► extent ─► title · legend
 *
 * The SVG holds no script, no foreignObject and nothing from elsewhere; all foreign text is escaped.
 */
import {
  type Board,
  type BoardEdge,
  boundsOf,
  EDGE_KINDS,
  type EpochMs,
  groupRects,
  type Id,
  inflate,
  isBehind,
  MARK_STATUSES,
  type Milliseconds,
  NODE_KINDS,
  nodeRect,
  overlaps,
  type Point,
  type Ratio,
  type Reading,
  type Rect,
  type Subject,
  stackedNotes,
  subjectKey,
  takenOut,
  type Units,
} from '../graph/index.ts';
import { chosen, description, marksBySubject, within } from './chosen.ts';
import {
  drawEdge,
  drawPill,
  drawStrike,
  edgeName,
  middleOf,
  type Pill,
  placePill,
  straightRoute,
} from './draw-edges.ts';
import { drawLegend, drawTitle } from './draw-frame.ts';
import { type EmbeddedFont, fontFaces, grid } from './draw-ground.ts';
import { drawInstances } from './draw-instances.ts';
import { drawMark } from './draw-marks.ts';
import { cardDefinitions, drawGroup, drawNode } from './draw-nodes.ts';
import { drawNote } from './draw-notes.ts';
import { type EdgeLabel, edgeLabel, edgeStyle, latencyReading } from './edge-face.ts';
import type { Ticks } from './instance-face.ts';
import { isToldOf, nodeFigures } from './node-face.ts';
import { Extent, escapeXml, outward, ROOT_FONT, svgRect } from './svg.ts';
import { SEVERITIES, type Theme, TOKENS } from './tokens.ts';

export type DrawInput = {
  board: Board;
  /** The latest readings, by `subjectKey` or asked for by subject. */
  readings: ReadonlyMap<string, readonly Reading[]> | ((subject: Subject) => readonly Reading[]);
  /** By edge id; an edge without one is drawn straight. */
  routes: ReadonlyMap<Id, readonly Point[]>;
  /** Centre of each edge's pill; without one it stands in the middle of the route. */
  labels: ReadonlyMap<Id, Point>;
  theme: Theme;
  /** Which quantile the pills show. */
  quantile: Ratio;
  /** The same quantile of an edge's baseline. */
  baselines?: (edge: Id) => Milliseconds | null;
  title: string;
  /** The time that the figures speak of, as a person reads it, with its zone. */
  at: string;
  sources: readonly string[];
  /** True when any figure was simulated. */
  simulated: boolean;
  /** The moment that the figures are of, as a person reads it, where they are not live. */
  past?: string;
  legend: boolean;
  /** False leaves out pills' figures and the cards' live figures, and where they would be from. */
  withFigures: boolean;
  now: EpochMs;
  /** How durations are written; auto when left out. */
  units?: Units;
  /** True for a reading that is too old to be called live. */
  isStale: (reading: Reading) => boolean;
  /** Nodes that stand for several parts at once. */
  stacked?: { has(node: Id): boolean };
  /** What an edge says that stands for several; null for all others. */
  labelOf?: (edge: Id) => EdgeLabel | null;
  /** The instances of a node or an edge beside each other; null where they are not told apart. */
  spreads?: (subject: Subject) => Ticks | null;
  /** The one instance that the figures speak of, where it is told apart. */
  instance?: string | null;
  /** Draws these nodes, edges and notes only, and the edges between them. */
  only?: ReadonlySet<Id>;
  /** Cuts what is drawn off at this rectangle, board coordinates; title and legend stand outside of it. */
  frame?: Rect;
  /** False leaves out title, time and sources; that figures are simulated or not live is said all the same. */
  titled?: boolean;
  fonts?: readonly EmbeddedFont[];
};

export type Drawing = { svg: string; width: number; height: number; bounds: Rect };

const PADDING = 32;
/** Pixels a side: in a larger picture the dots of the slate are only noise, and the dearest thing in it to draw. */
const GRID_UP_TO = 4000;
/** Title and legend need this much, however small the board is. */
const MIN_WIDTH = 520;

/** Draws a board. The size is in CSS pixels at scale 1; `bounds` is the same in board coordinates. */
export function drawBoard(input: DrawInput): Drawing {
  const tokens = TOKENS[input.theme];
  const board = chosen(input.board, input.only);
  const drawn = new Extent();
  const { frame } = input;
  // what lies beyond the frame is left out: cut off it would still be read in the file
  const inFrame = frame && within(board, input.routes, frame);
  const shows = (id: Id) => !inFrame || inFrame.has(id);
  const meets = (rect: Rect) => !frame || overlaps(rect, frame);
  const cards = Object.values(board.nodes).filter(({ id }) => shows(id));
  const marks = marksBySubject(board);
  const isCleared = (subject: Subject) => marks.get(subjectKey(subject))?.status === 'cleared';
  const out = takenOut(input.board);
  const { readings } = input;
  const readingsOf =
    typeof readings === 'function' ? readings : (subject: Subject) => readings.get(subjectKey(subject)) ?? [];

  let groups = '';
  // in a frame a group is as large as on the board, though not all of it is drawn
  for (const [id, rect] of groupRects(frame ? input.board : board))
    if (meets(rect)) groups += drawGroup(board.groups[id]!.name, rect, tokens, drawn);

  const figured = new Set<Id>();
  let nodes = '';
  for (const node of cards) {
    const subject: Subject = { type: 'node', id: node.id };
    // a strip of dashes says nothing to who looks at a picture
    const measured = input.withFigures ? readingsOf(subject) : [];
    const { instance = null, quantile, isStale, units } = input;
    const figures =
      measured.length > 0 ? nodeFigures(node, measured, quantile, isStale, units, instance) : [];
    if (figures.length > 0) figured.add(node.id);
    const how = {
      faded: isCleared(subject) || out.unreached.has(node.id),
      out: out.nodes.has(node.id),
      stacked: input.stacked?.has(node.id) ?? false,
      instance: isToldOf(measured, instance) ? instance : null,
    };
    nodes += drawNode(node, figures, tokens, how, drawn);
  }

  // the slowest last, so that they lie on top
  const edges = Object.values(board.edges)
    .filter(({ id }) => shows(id))
    .map((edge) => edgeParts(edge, board, input, readingsOf))
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  let lines = '';
  let pills = '';
  for (const { edge, points, label, severity, pill } of edges) {
    const isOut = out.edges.has(edge.id);
    const faded = isOut || out.unreached.has(edge.source) || isCleared({ type: 'edge', id: edge.id });
    lines += drawEdge(
      points,
      edgeStyle(tokens, { kind: edge.kind, severity, selected: false }),
      faded,
      drawn,
    );
    if (isOut) lines += drawStrike(points, tokens);
    if (pill && !isOut && meets(pill.rect))
      pills += drawPill(pill, label, edgeName(edge, board, label, input.quantile), tokens, faded, drawn);
  }

  const instances = drawInstances(input, { cards, figured, edges }, tokens, drawn);

  let behind = '';
  let notes = '';
  for (const note of stackedNotes(board).filter(({ id }) => shows(id))) {
    const card = drawNote(note, tokens, drawn);
    if (isBehind(note)) behind += card;
    else notes += card;
  }

  let chalk = '';
  if (marks.size > 0) {
    const places = new Map<string, Rect>();
    for (const node of Object.values(board.nodes))
      places.set(subjectKey({ type: 'node', id: node.id }), nodeRect(node));
    for (const { edge, pill, middle } of edges) {
      const place = pill?.rect ?? inflate({ x: middle[0], y: middle[1], width: 0, height: 0 }, 12);
      const hung = instances.plates.get(edge.id);
      places.set(subjectKey({ type: 'edge', id: edge.id }), hung ? boundsOf([place, hung])! : place);
    }
    const taken = [...places.values()];
    for (const [key, mark] of marks) {
      const place = places.get(key);
      if (place && meets(place)) chalk += drawMark(mark, place, taken, tokens, drawn);
    }
  }

  const content = frame ?? drawn.rect;
  const extent = new Extent();
  extent.add(content);
  const width = Math.max(content.width, MIN_WIDTH);
  const x = content.x - (width - content.width) / 2;
  const used = new Set(cards.map((node) => node.kind));
  const kinds = NODE_KINDS.filter((kind) => used.has(kind));
  const { past, ...present } = input;
  const told = input.withFigures ? input : { ...present, sources: [], simulated: false };
  const said = input.titled === false ? { ...told, title: '', at: '', sources: [] } : told;
  const title = drawTitle(said, { x, width, bottom: content.y }, tokens, extent);
  const legend = input.legend
    ? drawLegend(
        {
          nodeKinds: kinds,
          edgeKinds: EDGE_KINDS.filter((kind) => edges.some(({ edge }) => edge.kind === kind)),
          marks: MARK_STATUSES.filter((status) => [...marks.values()].some((mark) => mark.status === status)),
          quantile: input.withFigures && edges.length > 0 ? input.quantile : null,
          compared: edges.some(({ label }) => label?.change != null),
          instances: instances.svg !== '',
        },
        { x, width, top: content.y + content.height },
        tokens,
        extent,
      )
    : '';

  const bounds = outward(inflate(boundsOf([extent.rect, { x, y: content.y, width, height: 0 }])!, PADDING));
  const hasGrid = Math.max(bounds.width, bounds.height) <= GRID_UP_TO;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${bounds.width}" height="${bounds.height}" viewBox="${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}" role="img">` +
    `<title>${escapeXml(input.title)}</title><desc>${escapeXml(description(board, told))}</desc>` +
    `<defs>${fontFaces(input.fonts ?? [])}${hasGrid ? grid(tokens.grid) : ''}${cardDefinitions(kinds, tokens)}${frame ? `<clipPath id="frame"><rect ${svgRect(frame)}/></clipPath>` : ''}</defs>` +
    `<rect ${svgRect(bounds)} fill="${tokens.board}"/>` +
    (hasGrid ? `<rect ${svgRect(bounds)} fill="url(#grid)"/>` : '') +
    `<g ${ROOT_FONT}>${title}${frame ? '<g clip-path="url(#frame)">' : ''}` +
    `<g>${groups}</g><g>${lines}</g>${behind}<g>${nodes}</g>${instances.svg}<g>${pills}</g><g>${notes}</g><g>${chalk}</g>` +
    (frame ? `</g><rect ${svgRect(frame)} fill="none" stroke="${tokens.line}"/>` : '') +
    `<g>${legend}</g></g></svg>`;
  return { svg, width: bounds.width, height: bounds.height, bounds };
}

type EdgeParts = {
  edge: BoardEdge;
  points: readonly Point[];
  middle: Point;
  label: EdgeLabel | null;
  severity: EdgeLabel['severity'];
  pill: Pill | null;
};

function edgeParts(
  edge: BoardEdge,
  board: Board,
  input: DrawInput,
  readingsOf: (subject: Subject) => readonly Reading[],
): EdgeParts {
  const points =
    input.routes.get(edge.id) ??
    straightRoute(nodeRect(board.nodes[edge.source]!), nodeRect(board.nodes[edge.target]!));
  const middle = input.labels.get(edge.id) ?? middleOf(points);
  let label: EdgeLabel | null = null;
  if (input.withFigures) {
    const latency = latencyReading(readingsOf({ type: 'edge', id: edge.id }), input.quantile);
    label =
      input.labelOf?.(edge.id) ??
      edgeLabel({
        latency,
        q: input.quantile,
        baseline: input.baselines?.(edge.id) ?? null,
        now: input.now,
        stale: latency !== null && input.isStale(latency),
        ...(input.units && { units: input.units }),
      });
  }
  const pill = placePill(middle, label, edge.kind);
  return { edge, points, middle, label, severity: label?.severity ?? 'neutral', pill };
}
