/** The charts as a picture: what stands on the page, where it stands, those that are scrolled away too. */
import type { Tokens } from '../../picture/index.ts';

/** CSS pixels around it, and of its title. */
const ROOM = { edge: 12, title: 28 };

/**
 * @param body what the charts stand in
 * @param title written at the head
 * @returns a PNG; rejects where the browser can't make one of that size
 */
export async function pictureOf(body: HTMLElement, title: string, tokens: Tokens): Promise<Blob> {
  const ratio = devicePixelRatio;
  const { left, top } = body.getBoundingClientRect();
  const size = {
    width: body.clientWidth + 2 * ROOM.edge,
    height: body.scrollHeight + ROOM.title + 2 * ROOM.edge,
  };
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(size.width * ratio);
  canvas.height = Math.ceil(size.height * ratio);
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error('the browser has no room for it. Select fewer parts.');
  ctx.scale(ratio, ratio);
  ctx.fillStyle = tokens.surface;
  ctx.fillRect(0, 0, size.width, size.height);
  const { fontFamily } = getComputedStyle(body);
  ctx.fillStyle = tokens.ink;
  ctx.font = `600 14px ${fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.fillText(title, ROOM.edge, ROOM.edge + 8, size.width - 2 * ROOM.edge);
  ctx.translate(ROOM.edge - left, ROOM.edge + ROOM.title - top + body.scrollTop);
  for (const plot of body.querySelectorAll('canvas')) {
    const box = plot.getBoundingClientRect();
    ctx.drawImage(plot, box.x, box.y, box.width, box.height);
  }
  for (const line of body.querySelectorAll('.swatch line')) drawSwatch(ctx, line);
  drawWords(ctx, body);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) =>
        blob ? resolve(blob) : reject(new Error('it is too large for this browser. Select fewer parts.')),
      'image/png',
    ),
  );
}

function drawSwatch(ctx: CanvasRenderingContext2D, line: Element): void {
  const { x, y, width, height } = line.parentElement!.getBoundingClientRect();
  const dash = line.getAttribute('stroke-dasharray') ?? '';
  ctx.strokeStyle = line.getAttribute('stroke')!;
  ctx.lineWidth = Number(line.getAttribute('stroke-width'));
  ctx.setLineDash(dash.split(' ').filter(Boolean).map(Number));
  ctx.beginPath();
  ctx.moveTo(x, y + height / 2);
  ctx.lineTo(x + width, y + height / 2);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Every word in its own type and colour, in the middle of its own line. */
function drawWords(ctx: CanvasRenderingContext2D, body: HTMLElement): void {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const words = text.textContent?.trim() ?? '';
    const holder = text.parentElement!;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (words === '' || box.width === 0 || holder.closest('.hidden')) continue;
    const { fontWeight, fontSize, fontFamily, color } = getComputedStyle(holder);
    ctx.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    ctx.fillStyle = color;
    const room = holder.getBoundingClientRect().right - box.x;
    ctx.fillText(words, box.x, box.y + box.height / 2, Math.max(1, room));
  }
}
