/**
 * Marks drawn by hand in chalk. The hand shakes the same way each time for the same seed (the mark's id), so
 * nothing shimmers between two drawings.
 */
import { centreOf, inflate, type MarkStatus, type Point, type Rect } from '../graph/index.ts';
import { n } from './path.ts';

/**
 * How a chalk stroke is laid on: the same path in layers, a soft body and two broken streaks beside its
 * middle, where the grain of the slate took more of the chalk. `shift` is in pixels.
 */
export const CHALK: readonly {
  width: number;
  opacity: number;
  dash: readonly number[] | null;
  shift: Point;
}[] = [
  { width: 2.9, opacity: 0.6, dash: null, shift: [0, 0] },
  { width: 1.3, opacity: 0.9, dash: [17, 1.5, 8, 2.5, 29, 1, 5, 2], shift: [0.7, -0.6] },
  { width: 1.1, opacity: 0.85, dash: [6, 3, 21, 1.5, 11, 2.2], shift: [-0.9, 0.8] },
];

/** Of one marked thing: what the hand draws, in the colour of `tokens.mark[status]`. */
export type MarkFace = {
  /** Path data of the strokes, to be stroked with round caps and never filled. */
  strokes: string[];
  /** "?", "!" or a tick, as strokes too, at the ring's upper right. */
  badge: string[];
  /** Everything above lies within. */
  bounds: Rect;
};

/** From the marked thing to the ring, at most, wobble and all. */
const REACH = 24;
const BADGE = 28;

/** The mark around a card or a pill: one ring suspected, two confirmed, a tick and no ring cleared. */
export function markFace(status: MarkStatus, rect: Rect, seed: string): MarkFace {
  // beside a card's corner; above a pill, which has cards beside it
  const isPill = rect.height < 40;
  const corner: Point = isPill
    ? [rect.x + rect.width - 8, rect.y - 33]
    : [rect.x + rect.width + 16, rect.y - 20];
  const bounds = inflate(rect, REACH);
  const face = {
    bounds: { ...bounds, y: bounds.y - 24, width: bounds.width + 8, height: bounds.height + 24 },
  };
  switch (status) {
    case 'suspected':
      return { ...face, strokes: chalkRing(rect, seed), badge: badgeAt('?', corner) };
    case 'confirmed':
      return { ...face, strokes: chalkDouble(rect, seed), badge: badgeAt('!', corner) };
    case 'cleared':
      return { ...face, strokes: [], badge: badgeAt('✓', [rect.x + rect.width, rect.y]) };
  }
}

/** A ring thrown round a rectangle: it starts near the top, overshoots its start, and is gone over in part. */
function chalkRing(rect: Rect, seed: string): string[] {
  const random = randomOf(seed);
  const start = -Math.PI / 2 - 0.5 + random() * 0.5;
  const whole = ring(rect, 9, start, Math.PI * (2.1 + random() * 0.12), random);
  const again = ring(
    rect,
    10.5,
    start + Math.PI * (0.9 + random() * 0.5),
    Math.PI * (0.4 + random() * 0.3),
    random,
  );
  return [whole, again];
}

/** Two rings, one outside the other. */
function chalkDouble(rect: Rect, seed: string): string[] {
  const random = randomOf(seed);
  const start = -Math.PI / 2 - 0.5 + random() * 0.5;
  return [
    ring(rect, 7, start, Math.PI * (2.02 + random() * 0.05), random),
    ring(rect, 14, start + 0.4 + random(), Math.PI * (2.02 + random() * 0.05), random),
  ];
}

/** A line drawn freehand from one point to the other, gone over once. */
export function chalkLine(from: Point, to: Point, seed: string): string[] {
  const random = randomOf(seed);
  const stroke = (start: number, end: number) => {
    const lift = (random() - 0.5) * 2.5;
    return smooth(
      [0, 0.25, 0.5, 0.75, 1].map((t): Point => {
        const along = start + (end - start) * t;
        const off = (random() - 0.5) * 1.6 + lift * Math.sin(along * Math.PI);
        return [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along + off];
      }),
    );
  };
  return [stroke(0, 1), stroke(0.55 + random() * 0.2, 0.05)];
}

/**
 * Along a superellipse about the rectangle, which hugs a card closer than an ellipse does and still has no
 * corners.
 */
function ring(rect: Rect, gap: number, start: number, sweep: number, random: () => number): string {
  const [cx, cy] = centreOf(rect);
  const halfWidth = rect.width / 2 + gap;
  const halfHeight = rect.height / 2 + gap;
  const roundness = 2 / 4.4;
  const phases = [random() * 7, random() * 7];
  // a small thing is circled with a smaller movement of the hand
  const hand = Math.min(1, (halfWidth + halfHeight) / 110);
  const tilt = (random() - 0.5) * 4 * hand;
  const steps = Math.max(12, Math.round((sweep / Math.PI) * 16));
  const points: Point[] = [];
  for (let i = 0; i <= steps; i++) {
    const t = i / steps;
    const angle = start + sweep * t;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    // pixels off the ideal line: a slow drift outwards, and the shake of the hand
    const off =
      hand * (-2.5 + 5 * t + 1.5 * Math.sin(angle * 2 + phases[0]!) + 0.9 * Math.sin(angle * 5 + phases[1]!));
    points.push([
      cx + Math.sign(cos) * Math.abs(cos) ** roundness * (halfWidth + off),
      cy + Math.sign(sin) * Math.abs(sin) ** roundness * (halfHeight + off) + tilt * (cos ** 3 / 1.2),
    ]);
  }
  return smooth(points);
}

/** A smooth curve through the points (Catmull-Rom, as cubic Béziers). */
function smooth(points: readonly Point[]): string {
  let d = `M${n(points[0]![0])} ${n(points[0]![1])}`;
  for (let i = 0; i < points.length - 1; i++) {
    const a = points[Math.max(0, i - 1)]!;
    const b = points[i]!;
    const c = points[i + 1]!;
    const e = points[Math.min(points.length - 1, i + 2)]!;
    d += `C${n(b[0] + (c[0] - a[0]) / 6)} ${n(b[1] + (c[1] - a[1]) / 6)} ${n(c[0] - (e[0] - b[0]) / 6)} ${n(c[1] - (e[1] - b[1]) / 6)} ${n(c[0])} ${n(c[1])}`;
  }
  return d;
}

type Badge = '?' | '!' | '✓';
/** Strokes as points in a square of 1, through which a smooth curve goes. */
const BADGES: Record<Badge, readonly (readonly Point[])[]> = {
  '?': [
    [
      [0.24, 0.27],
      [0.34, 0.1],
      [0.55, 0.06],
      [0.73, 0.2],
      [0.68, 0.4],
      [0.5, 0.52],
      [0.46, 0.7],
    ],
    [
      [0.43, 0.9],
      [0.49, 0.87],
      [0.5, 0.94],
      [0.44, 0.94],
      [0.45, 0.89],
    ],
  ],
  '!': [
    [
      [0.53, 0.04],
      [0.51, 0.35],
      [0.47, 0.66],
    ],
    [
      [0.43, 0.9],
      [0.49, 0.87],
      [0.5, 0.94],
      [0.44, 0.94],
      [0.45, 0.89],
    ],
  ],
  '✓': [
    [
      [0.06, 0.56],
      [0.2, 0.72],
      [0.33, 0.92],
      [0.52, 0.56],
      [0.96, 0.06],
    ],
  ],
};

function badgeAt(badge: Badge, [cx, cy]: Point): string[] {
  return BADGES[badge].map((stroke) =>
    smooth(stroke.map(([x, y]): Point => [cx + (x - 0.5) * BADGE, cy + (y - 0.5) * BADGE])),
  );
}

/** Numbers in [0, 1) that follow from the seed alone (FNV-1a into mulberry32). */
function randomOf(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
