/** What tells a node's kind at a glance: a stroke icon on a 16 × 16 grid, and the outline of its card. */
import type { EdgeKind, NodeKind, Rect } from '../graph/index.ts';
import { n, roundedPolygon, roundedRect } from './path.ts';

/** Stroke width that the icons are drawn for, at their own size of 16. */
export const ICON_STROKE = 1.4;

const circle = (x: number, y: number, r: number) =>
  `M${n(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

const ICONS: Record<NodeKind, string> = {
  // a window with its title bar
  client:
    'M3.2 2.5h9.6a1.7 1.7 0 0 1 1.7 1.7v7.6a1.7 1.7 0 0 1-1.7 1.7H3.2a1.7 1.7 0 0 1-1.7-1.7V4.2a1.7 1.7 0 0 1 1.7-1.7zM1.5 6h13M4 4.3h.01M6 4.3h.01',
  // an arch with a way through
  gateway: 'M2.5 14V7.5a5.5 5.5 0 0 1 11 0V14M5 10.2h6M8.8 7.8l2.4 2.4-2.4 2.4',
  // a hexagon with a core
  service: `M8 1.4l5.7 3.3v6.6L8 14.6l-5.7-3.3V4.7z${circle(8, 8, 2.1)}`,
  // a cog
  worker: `${circle(8, 8, 4)}${circle(8, 8, 1.3)}M8 1.4V4M8 12v2.6M1.4 8H4M12 8h2.6M3.3 3.3l1.9 1.9M10.8 10.8l1.9 1.9M12.7 3.3l-1.9 1.9M5.2 10.8l-1.9 1.9`,
  // lambda
  function: 'M3.6 2.3h1.3c1 0 1.5.4 1.9 1.3l3.9 8.8c.4.9.9 1.3 1.9 1.3h.4M7.9 6.2L3.6 13.7',
  // a hub between four
  broker: `${circle(8, 8, 2.3)}${circle(3, 3, 1.4)}${circle(13, 3, 1.4)}${circle(3, 13, 1.4)}${circle(13, 13, 1.4)}M4 4l2.4 2.4M12 4L9.6 6.4M4 12l2.4-2.4M12 12L9.6 9.6`,
  // one to many
  topic: `${circle(2.9, 8, 1.5)}M4.4 8h9.1M4.4 8C9 8 6.8 3 11.2 3h2.3M4.4 8c4.6 0 2.4 5 6.8 5h2.3M12 1.3L13.8 3 12 4.7M12 6.3L13.8 8 12 9.7M12 11.3l1.8 1.7-1.8 1.7`,
  // items waiting in line
  queue: 'M14.6 3.2H3.2a1.7 1.7 0 0 0-1.7 1.7v6.2a1.7 1.7 0 0 0 1.7 1.7h11.4M5 6v4M8 6v4M11 6v4M14 6v4',
  database:
    'M2.6 3.9c0-1.3 2.4-2.3 5.4-2.3s5.4 1 5.4 2.3S11 6.2 8 6.2 2.6 5.2 2.6 3.9zV12.1c0 1.3 2.4 2.3 5.4 2.3s5.4-1 5.4-2.3V3.9M2.6 8c0 1.3 2.4 2.3 5.4 2.3s5.4-1 5.4-2.3',
  // a flash
  cache: 'M9.3 1.4L3 9.2h4.4l-.9 5.4L13 6.7H8.4z',
  // a bucket
  storage:
    'M2 3.7c0-1.2 2.7-2.1 6-2.1s6 .9 6 2.1-2.7 2.1-6 2.1-6-.9-6-2.1zM2 3.7l1.5 9c.2 1 2.2 1.7 4.5 1.7s4.3-.7 4.5-1.7l1.5-9',
  // one stream shared out
  'load balancer': `${circle(8, 2.9, 1.5)}${circle(2.9, 13, 1.5)}${circle(8, 13, 1.5)}${circle(13.1, 13, 1.5)}M8 4.4v7.1M8 8H4.4a1.5 1.5 0 0 0-1.5 1.5v2M8 8h3.6a1.5 1.5 0 0 1 1.5 1.5v2`,
  // a cloud
  external: 'M4.6 13a3.3 3.3 0 0 1-.5-6.56A4.2 4.2 0 0 1 12.2 6.9 3.1 3.1 0 0 1 11.7 13z',
};

/** Path data of the kind's icon, to be stroked (never filled) with round caps and joins. */
export const iconPath = (kind: NodeKind): string => ICONS[kind];

/** An envelope, 12 × 9: on the pill of what travels as a message. */
export const MESSAGE_GLYPH = {
  path: 'M1.5.5h9a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM1 1.2l5 3.9 5-3.9',
  width: 12,
  height: 9,
};

/** A padlock around the origin, and the disc behind it: on the upper edge of what is locked. */
export const LOCK_GLYPH = { path: 'M-3.5 -.5h7v5h-7zM-2 -.5v-2a2 2 0 0 1 4 0v2', stroke: 1.5, radius: 9 };

export const carriesMessages = (kind: EdgeKind): boolean => kind === 'publish' || kind === 'consume';

/** Half height of a cylinder's lid. */
const LID = 6;
/** Half width of a pipe's mouth. */
const MOUTH = 9;
/** Depth of a gateway's points, and half the height of their blunt tips, where edges arrive. */
const POINT = 16;
const TIP = 12;

/** Path data of the card's closed outline, to be filled and stroked. */
export function silhouette(kind: NodeKind, rect: Rect): string {
  const { x, y, width, height } = rect;
  const right = x + width;
  const bottom = y + height;
  switch (kind) {
    case 'client':
      return roundedRect(rect, [24, 24, 24, 24]);
    case 'gateway':
      return roundedPolygon(
        [
          [x, y + height / 2 - TIP],
          [x + POINT, y],
          [right - POINT, y],
          [right, y + height / 2 - TIP],
          [right, y + height / 2 + TIP],
          [right - POINT, bottom],
          [x + POINT, bottom],
          [x, y + height / 2 + TIP],
        ],
        6,
      );
    case 'load balancer':
      return roundedPolygon(
        [
          [x, y + 12],
          [x + 28, y],
          [right, y],
          [right, bottom],
          [x + 28, bottom],
          [x, bottom - 12],
        ],
        8,
      );
    case 'worker':
      return roundedPolygon(
        [
          [x, y + 11],
          [x + 11, y],
          [right - 11, y],
          [right, y + 11],
          [right, bottom - 11],
          [right - 11, bottom],
          [x + 11, bottom],
          [x, bottom - 11],
        ],
        3,
      );
    case 'cache':
      return roundedPolygon(
        [
          [x, y],
          [right - 18, y],
          [right, y + 18],
          [right, bottom],
          [x, bottom],
        ],
        8,
      );
    case 'function':
      return roundedRect(rect, [26, 6, 26, 6]);
    case 'topic':
    case 'queue':
      return (
        `M${n(x + MOUTH)} ${n(y)}H${n(right - MOUTH)}A${MOUTH} ${n(height / 2)} 0 0 1 ${n(right - MOUTH)} ${n(bottom)}` +
        `H${n(x + MOUTH)}A${MOUTH} ${n(height / 2)} 0 0 1 ${n(x + MOUTH)} ${n(y)}Z`
      );
    case 'database':
      return (
        `M${n(x)} ${n(y + LID)}A${n(width / 2)} ${LID} 0 0 1 ${n(right)} ${n(y + LID)}V${n(bottom - LID)}` +
        `A${n(width / 2)} ${LID} 0 0 1 ${n(x)} ${n(bottom - LID)}Z`
      );
    case 'storage':
      return (
        `M${n(x)} ${n(y + LID)}A${n(width / 2)} ${LID} 0 0 1 ${n(right)} ${n(y + LID)}V${n(bottom - 20)}` +
        `A20 20 0 0 1 ${n(right - 20)} ${n(bottom)}H${n(x + 20)}A20 20 0 0 1 ${n(x)} ${n(bottom - 20)}Z`
      );
    default:
      return roundedRect(rect, [10, 10, 10, 10]);
  }
}

/** Path data of the open strokes within the outline: a cylinder's lid, a pipe's mouth, a broker's rails; or ''. */
export function silhouetteDetail(kind: NodeKind, { x, y, width, height }: Rect): string {
  const right = x + width;
  switch (kind) {
    case 'database':
    case 'storage':
      return `M${n(x)} ${n(y + LID)}A${n(width / 2)} ${LID} 0 0 0 ${n(right)} ${n(y + LID)}`;
    case 'topic':
    case 'queue':
      return `M${n(right - MOUTH)} ${n(y)}A${MOUTH} ${n(height / 2)} 0 0 0 ${n(right - MOUTH)} ${n(y + height)}`;
    case 'broker':
      return `M${n(x + 7)} ${n(y)}V${n(y + height)}M${n(right - 7)} ${n(y)}V${n(y + height)}`;
    default:
      return '';
  }
}

/** Dash of the card's outline: what is not ours is drawn dashed. */
export const silhouetteDash = (kind: NodeKind): readonly number[] | null =>
  kind === 'external' ? [5, 4] : null;

/** Where text may stand inside the outline: distances from the card's left, right and top edges. */
export function insets(kind: NodeKind): { left: number; right: number; top: number } {
  switch (kind) {
    case 'gateway':
      return { left: 18, right: 18, top: 0 };
    case 'client':
    case 'broker':
    case 'load balancer':
      return { left: 16, right: 16, top: 0 };
    case 'topic':
    case 'queue':
      return { left: 12, right: 2 * MOUTH + 3, top: 0 };
    case 'database':
    case 'storage':
      return { left: 12, right: 12, top: LID };
    default:
      return { left: 12, right: 12, top: 0 };
  }
}
