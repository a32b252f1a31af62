/**
 * Where the parts of a node's card stand, as data: the page, the canvas and the picture draw the same thing.
 * All positions are relative to the card's top left corner; y of a text is its baseline.
 */
import {
  type BoardNode,
  formatMetric,
  formatQuantile,
  givenQuantile,
  type Metric,
  type NodeKind,
  quantile,
  type Reading,
  sizeOfKind,
  type Units,
} from '../graph/index.ts';
import { shortInstance } from './edge-face.ts';
import { insets } from './icons.ts';
import { cutMiddle, FONTS, type Font, textWidth } from './type.ts';

/** One live number on a card. No data is `–`, never 0. */
export type NodeFigure = { label: string; text: string; stale: boolean };

/** `x` is the left end of the text, or its right end where `end` is true. */
export type PlacedText = { x: number; y: number; text: string; end: boolean; font: Font };

export type NodeFace = {
  width: number;
  height: number;
  icon: { x: number; y: number; size: number };
  name: PlacedText;
  /** True where the name is cut: show it whole on hover. */
  cut: boolean;
  /** The technology, or the kind where none is stated. */
  technology: PlacedText;
  instances: PlacedText | null;
  /** The line above the figures, from [x, y] to the right by `width`. */
  divider: { x: number; y: number; width: number } | null;
  figures: { label: PlacedText | null; value: PlacedText; stale: boolean }[];
};

/** How far to the right and up cards show behind one that stands for several, the furthest first; pixels. */
export const STACK_OFFSETS: readonly number[] = [8, 4];

const ICON = 18;
const ICON_GAP = 8;
const CELL_GAP = 10;

/**
 * The face of a node's card.
 * @param figures the live figures of `nodeFigures`; empty leaves their strip out. Whether there is a strip
 * must not depend on whether data has arrived, or cards would jump.
 * @param instance the one that the figures speak of; its name stands where their number would
 */
export function nodeFace(
  node: Pick<BoardNode, 'name' | 'kind' | 'technology' | 'instances'>,
  figures: readonly NodeFigure[],
  instance: string | null = null,
): NodeFace {
  const { width, height } = sizeOfKind(node.kind);
  const inset = insets(node.kind);
  const right = width - inset.right;
  const textX = inset.left + ICON + ICON_GAP;
  const rows = rowsOf(height, inset.top, figures.length > 0);

  // the count of instances is stated where it says something: one is what a card means anyway
  const several = node.instances === undefined || node.instances === 1 ? null : `×${node.instances}`;
  const count = instance === null ? several : shortInstance(instance);
  const countWidth = count === null ? 0 : textWidth(count, FONTS.figure) + ICON_GAP;
  const name = cutMiddle(node.name, right - textX, FONTS.name);
  const technology = cutMiddle(node.technology ?? node.kind, right - textX - countWidth, FONTS.technology);

  return {
    width,
    height,
    icon: { x: inset.left, y: (rows.name - 5 + rows.technology - 4) / 2 - ICON / 2, size: ICON },
    name: { x: textX, y: rows.name, text: name, end: false, font: FONTS.name },
    cut: name !== node.name,
    technology: { x: textX, y: rows.technology, text: technology, end: false, font: FONTS.technology },
    instances:
      count === null ? null : { x: right, y: rows.technology, text: count, end: true, font: FONTS.figure },
    divider: rows.divider === null ? null : { x: inset.left, y: rows.divider, width: right - inset.left },
    figures: cells(figures, inset.left, right, rows.figures),
  };
}

/** Baselines of the rows, and the height of the line between them. */
function rowsOf(height: number, top: number, withFigures: boolean) {
  const middle = (height + top) / 2;
  if (!withFigures) return { name: middle - 3, technology: middle + 12, divider: null, figures: 0 };
  if (height < 64) return { name: 17.5, technology: 30.5, divider: 36, figures: 48 };
  return { name: 21 + top, technology: 35 + top, divider: 43 + top * 0.75, figures: 58 + top * 0.5 };
}

/**
 * Label at the left of its cell and value at the right end: digits change, nothing moves. Cells are equal
 * unless that would cost a label that there is room for.
 */
function cells(figures: readonly NodeFigure[], left: number, right: number, y: number): NodeFace['figures'] {
  const room = right - left - CELL_GAP * (figures.length - 1);
  const equal = room / Math.max(1, figures.length);
  const needs = figures.map(
    ({ label, text }) => textWidth(label, FONTS.figureLabel) + 4 + textWidth(text, FONTS.figure),
  );
  const spare = room - needs.reduce((sum, need) => sum + need, 0);
  const isTight = needs.some((need) => need > equal) && spare >= 0;
  let x = left;
  return figures.map(({ label, text, stale }, i) => {
    const width = isTight ? needs[i]! + spare / figures.length : equal;
    const start = x;
    x += width + CELL_GAP;
    return {
      label:
        needs[i]! <= width + 0.01 ? { x: start, y, text: label, end: false, font: FONTS.figureLabel } : null,
      value: {
        x: start + width,
        y,
        text: cutMiddle(text, width, FONTS.figure),
        end: true,
        font: FONTS.figure,
      },
      stale,
    };
  });
}

type Choice = { metric: Metric; label: string };
const CPU: Choice = { metric: 'cpu', label: 'cpu' };
const POOL: Choice = { metric: 'pool use', label: 'pool' };
const THREADS: Choice = { metric: 'thread use', label: 'threads' };
const LOOP: Choice = { metric: 'event loop lag', label: 'loop' };
const MEMORY_USE: Choice = { metric: 'memory use', label: 'mem' };
const MEMORY: Choice = { metric: 'memory', label: 'mem' };
const DISK: Choice = { metric: 'disk busy', label: 'disk' };
const DEPTH: Choice = { metric: 'queue depth', label: 'depth' };
const WAIT: Choice = { metric: 'queue wait', label: 'wait' };
const LAG: Choice = { metric: 'lag time', label: 'lag' };
const UNACKED: Choice = { metric: 'queue unacked', label: 'unacked' };
const RATE: Choice = { metric: 'rate', label: 'rate' };
const ERRORS: Choice = { metric: 'errors', label: 'err' };

/** The two that are looked for, then what stands in for one that was not measured, the most telling first. */
const CHOICES: Record<NodeKind, readonly [Choice, Choice, ...Choice[]]> = {
  client: [RATE, ERRORS],
  gateway: [RATE, ERRORS, CPU, POOL, LOOP],
  'load balancer': [RATE, ERRORS, POOL, CPU],
  external: [RATE, ERRORS],
  service: [CPU, POOL, LOOP, THREADS, RATE, ERRORS, MEMORY_USE, MEMORY],
  function: [CPU, ERRORS, RATE, MEMORY_USE, MEMORY],
  worker: [CPU, RATE, LOOP, THREADS, POOL, ERRORS, MEMORY_USE, MEMORY],
  broker: [DEPTH, WAIT, LAG, RATE, ERRORS, MEMORY_USE, CPU],
  topic: [DEPTH, LAG, WAIT, RATE, ERRORS],
  queue: [DEPTH, WAIT, LAG, UNACKED, RATE, ERRORS],
  database: [CPU, POOL, RATE, ERRORS, DISK, MEMORY_USE, MEMORY],
  cache: [MEMORY_USE, RATE, MEMORY, CPU, POOL, ERRORS],
  storage: [RATE, ERRORS, DISK, CPU],
};

/**
 * The two figures that matter for a node of its kind; where one of them was not measured, others take its place if
 * they were. What is left unknown is a dash.
 * Where only single instances were measured, the highest of them is shown: never an average.
 * @param q which quantile of what is a distribution; the label says so where the source gave only another
 * @param isStale true for a reading that is too old to be called live
 * @param instance speaks alone where it is told apart: what is not known of it is a dash then, too
 */
export function nodeFigures(
  node: Pick<BoardNode, 'kind'>,
  readings: readonly Reading[],
  q: number,
  isStale: (reading: Reading) => boolean,
  units: Units = 'auto',
  instance: string | null = null,
): NodeFigure[] {
  const choices = CHOICES[node.kind];
  const told = isToldOf(readings, instance)
    ? readings.filter((each) => each.instance === instance)
    : readings;
  const measured = choices.flatMap(({ metric, label }) => {
    const shown = spokenFor(metric, told, q);
    if (!shown) return [];
    const text = formatMetric(metric, numberOf(shown, q)!, units);
    return [{ metric: label, label: labelFor(label, shown, q), text, stale: isStale(shown) }];
  });
  // A part's memory is one figure, in bytes or as a share.
  const figures = measured.filter(
    ({ metric }, i) => measured.findIndex((each) => each.metric === metric) === i,
  );
  const unknown = choices.slice(0, 2).filter(({ label }) => !figures.some(({ metric }) => metric === label));
  return [
    ...figures.map(({ label, text, stale }) => ({ label, text, stale })),
    ...unknown.map(({ label }) => ({ label, text: '–', stale: false })),
  ].slice(0, 2);
}

/** True where a card speaks of that one instance alone. */
export const isToldOf = (readings: readonly Reading[], instance: string | null): instance is string =>
  instance !== null && readings.some((each) => each.instance === instance);

/** The newest reading over all instances, or else the highest of a single one. */
function spokenFor(metric: Metric, readings: readonly Reading[], q: number): Reading | null {
  let whole: Reading | null = null;
  let highest: Reading | null = null;
  for (const reading of readings) {
    if (reading.metric !== metric || reading.operation !== undefined) continue;
    if (numberOf(reading, q) === null) continue;
    if (reading.instance === null) {
      if (!whole || reading.at > whole.at) whole = reading;
    } else if (!highest || numberOf(reading, q)! > numberOf(highest, q)!) highest = reading;
  }
  return whole ?? highest;
}

function numberOf({ value }: Reading, q: number): number | null {
  if (typeof value === 'number') return value;
  return quantile(value, givenQuantile(value, q))?.value ?? null;
}

function labelFor(label: string, { value }: Reading, q: number): string {
  if (typeof value === 'number') return label;
  const given = givenQuantile(value, q);
  return given === q ? label : `${label} ${formatQuantile(given)}`;
}
