/** Cards and the boundaries around them, as SVG. */
import { type BoardNode, type NodeKind, nodeRect, type Rect, sizeOfKind } from '../graph/index.ts';
import { drawLock } from './draw-lock.ts';
import { ICON_STROKE, iconPath, silhouette, silhouetteDash, silhouetteDetail } from './icons.ts';
import { type NodeFigure, nodeFace, STACK_OFFSETS } from './node-face.ts';
import { hatchPath } from './out-face.ts';
import { n } from './path.ts';
import { type Extent, escapeXml, svgRect, svgText } from './svg.ts';
import type { Tokens } from './tokens.ts';
import { cutMiddle, FONTS } from './type.ts';

const cardId = (kind: NodeKind) => `card-${kind.replace(' ', '-')}`;
export const iconId = (kind: NodeKind): string => `icon-${kind.replace(' ', '-')}`;

/** Outline and icon of each kind, defined once and used by every card of that kind. */
export function cardDefinitions(kinds: Iterable<NodeKind>, tokens: Tokens): string {
  let out = '';
  for (const kind of kinds) {
    const rect: Rect = { x: 0, y: 0, ...sizeOfKind(kind) };
    const outline = silhouette(kind, rect);
    const detail = silhouetteDetail(kind, rect);
    const dash = silhouetteDash(kind);
    out +=
      `<g id="${cardId(kind)}"><path d="${outline}" transform="translate(0 3)" fill="${tokens.shadow}"/>` +
      `<path d="${outline}" fill="${tokens.nodeFill}" stroke="${tokens.nodeStroke}" stroke-width="1.5"${
        dash ? ` stroke-dasharray="${dash.join(' ')}"` : ''
      }/>` +
      (detail === ''
        ? ''
        : `<path d="${detail}" fill="none" stroke="${tokens.nodeStroke}" stroke-width="1.25"/>`) +
      '</g>' +
      `<path id="${iconId(kind)}" d="${iconPath(kind)}" fill="none" stroke-width="${ICON_STROKE}" stroke-linecap="round" stroke-linejoin="round"/>`;
  }
  return out;
}

type How = {
  /** Cleared of suspicion. */
  faded: boolean;
  /** Taken out by an experiment. */
  out: boolean;
  /** One that stands for several. */
  stacked: boolean;
  /** The one instance that its figures speak of. */
  instance: string | null;
};

function hatching(kind: NodeKind, tokens: Tokens): string {
  const rect: Rect = { x: 0, y: 0, ...sizeOfKind(kind) };
  const id = `inside-${kind.replace(' ', '-')}`;
  return `<clipPath id="${id}"><path d="${silhouette(kind, rect)}"/></clipPath><path d="${hatchPath(rect)}" clip-path="url(#${id})" stroke="${tokens.chalk}" stroke-width="1.25" opacity="0.5"/>`;
}

/** One card. */
export function drawNode(
  node: BoardNode,
  figures: readonly NodeFigure[],
  tokens: Tokens,
  { faded, out: isOut, stacked, instance }: How,
  extent: Extent,
): string {
  const rect = nodeRect(node);
  extent.add({ ...rect, x: rect.x - 1, width: rect.width + 2, y: rect.y - 1, height: rect.height + 5 });
  if (stacked) extent.add({ ...rect, y: rect.y - 9, width: rect.width + 9 });
  const face = nodeFace(node, figures, instance);
  const { icon, divider } = face;
  let out =
    `<g transform="translate(${n(rect.x)} ${n(rect.y)})"${faded ? ' opacity="0.55"' : ''}>` +
    `<title>${escapeXml(`${node.name}, ${node.technology ?? node.kind}`)}</title>` +
    (stacked ? STACK_OFFSETS : [])
      .map((by) => `<use href="#${cardId(node.kind)}" transform="translate(${by} ${-by})"/>`)
      .join('') +
    `<use href="#${cardId(node.kind)}"/>` +
    (isOut ? hatching(node.kind, tokens) : '') +
    `<use href="#${iconId(node.kind)}" transform="translate(${n(icon.x)} ${n(icon.y)}) scale(${n(icon.size / 16)})" stroke="${tokens.chalk}"/>` +
    svgText(face.name, tokens.ink) +
    svgText(face.technology, tokens.inkSecondary);
  if (face.instances) out += svgText(face.instances, tokens.inkSecondary);
  if (divider)
    out += `<path d="M${n(divider.x)} ${n(divider.y)}h${n(divider.width)}" stroke="${tokens.line}"/>`;
  for (const { label, value, stale } of face.figures) {
    if (label) out += svgText(label, tokens.inkFaint);
    out += svgText(value, stale || value.text === '–' ? tokens.inkFaint : tokens.ink);
  }
  return `${out}</g>${node.locked ? drawLock(rect, tokens, extent) : ''}`;
}

/** The boundary of a group with its name. */
export function drawGroup(name: string, rect: Rect, tokens: Tokens, extent: Extent): string {
  extent.add({ x: rect.x - 1, y: rect.y - 1, width: rect.width + 2, height: rect.height + 2 });
  const title = cutMiddle(name, rect.width - 32, FONTS.group);
  return (
    `<g><title>${escapeXml(name)}</title><rect ${svgRect(rect)} rx="16" fill="${tokens.groupFill}" stroke="${tokens.groupLine}" stroke-width="1.25" stroke-dasharray="1 5" stroke-linecap="round"/>` +
    `${svgText({ x: rect.x + 16, y: rect.y + 26, text: title, font: FONTS.group }, tokens.inkSecondary)}</g>`
  );
}
