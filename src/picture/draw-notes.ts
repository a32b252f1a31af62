/** Notes: plain text with lists, as SVG. */
import type { Note } from '../graph/index.ts';
import { drawLock } from './draw-lock.ts';
import { noteBlocks } from './note-face.ts';
import { n } from './path.ts';
import { type Extent, svgRect, svgText } from './svg.ts';
import type { Tokens } from './tokens.ts';
import { FONTS, type Font, wrap } from './type.ts';

const PAD = 12;
const LINE = 18;

type NoteLine = { x: number; y: number; text: string; font: Font };

/**
 * A note's text as placed lines, relative to the note, y of the baseline.
 * @returns also the height that the text needs
 */
function noteLines(text: string, width: number): { lines: NoteLine[]; height: number } {
  const lines: NoteLine[] = [];
  let y = PAD + 13;
  for (const { kind, text: words, marker, indent } of noteBlocks(text)) {
    if (kind === 'space') {
      y += LINE / 2;
      continue;
    }
    const font = kind === 'heading' ? FONTS.noteHeading : FONTS.note;
    if (marker) lines.push({ x: PAD, y, text: marker, font });
    const wrapped = wrap(words, Math.max(24, width - 2 * PAD - indent), font);
    for (const line of wrapped) {
      lines.push({ x: PAD + indent, y, text: line, font });
      y += LINE;
    }
    if (wrapped.length === 0) y += LINE;
  }
  return { lines, height: y - LINE + PAD };
}

/** A note, grown where its text needs more room than its box: a picture cannot be scrolled. */
export function drawNote(note: Note, tokens: Tokens, extent: Extent): string {
  const [x, y] = note.position;
  const width = note.size[0];
  const { lines, height: needed } = noteLines(note.text, width);
  const height = Math.max(note.size[1], needed);
  extent.add({ x, y, width, height: height + 3 });
  const fold = Math.min(14, width / 2);
  let out =
    `<g><rect ${svgRect({ x, y: y + 3, width, height })} rx="3" fill="${tokens.shadow}"/>` +
    `<path d="M${n(x)} ${n(y)}h${n(width)}v${n(height - fold)}l${n(-fold)} ${n(fold)}h${n(fold - width)}z" fill="${tokens.noteFill}"/>` +
    `<path d="M${n(x + width)} ${n(y + height - fold)}h${n(-fold)}v${n(fold)}z" fill="${tokens.noteInk}" opacity="0.28"/>`;
  for (const line of lines) out += svgText({ ...line, x: x + line.x, y: y + line.y }, tokens.noteInk);
  return `${out}</g>${note.locked ? drawLock({ x, y, width, height }, tokens, extent) : ''}`;
}
