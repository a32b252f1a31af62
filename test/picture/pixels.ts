/** Pictures as pixels: PNGs decoded (ISO/IEC 15948) by code that neither draws nor writes them, and held against each other. */
import { inflateSync } from 'node:zlib';

/** Red, green and blue of each pixel, a row after the other. */
export type Pixels = { width: number; height: number; rgb: Uint8Array };
export type Colour = readonly [red: number, green: number, blue: number];

/** Of 8 bits a channel, with or without alpha, not interlaced: what browsers and resvg write. */
export function readPng(png: Uint8Array): Pixels {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const packed: Uint8Array[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const data = at + 8;
    if (type === 'IHDR') {
      [width, height] = [view.getUint32(data), view.getUint32(data + 4)];
      const [depth, colours, , , interlace] = png.subarray(data + 8, data + 13);
      channels = colours === 6 ? 4 : 3;
      if (depth !== 8 || (colours !== 6 && colours !== 2) || interlace !== 0)
        throw new Error(`a PNG of ${depth} bits and colour type ${colours}, interlaced ${interlace}`);
    } else if (type === 'IDAT') packed.push(png.subarray(data, data + length));
    at = data + length + 4;
  }
  const lines = inflateSync(Buffer.concat(packed));
  unfilter(lines, height, width * channels, channels);
  const rgb = new Uint8Array(width * height * 3);
  const row = width * channels + 1;
  for (let y = 0, to = 0; y < height; y++)
    for (let from = y * row + 1; from < (y + 1) * row; from += channels, to += 3) {
      if (channels === 4 && lines[from + 3] !== 255) throw new Error('a picture that can be seen through');
      rgb.set(lines.subarray(from, from + 3), to);
    }
  return { width, height, rgb };
}

/** In place; each line is a byte that names its filter, and its bytes. */
function unfilter(lines: Uint8Array, height: number, length: number, step: number): void {
  for (let y = 0; y < height; y++) {
    const start = y * (length + 1) + 1;
    const filter = lines[start - 1]!;
    for (let i = 0; i < length; i++) {
      const at = start + i;
      const left = i >= step ? lines[at - step]! : 0;
      const up = y > 0 ? lines[at - length - 1]! : 0;
      const corner = y > 0 && i >= step ? lines[at - length - 1 - step]! : 0;
      lines[at] = lines[at]! + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
    }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

export const colourAt = ({ rgb, width }: Pixels, x: number, y: number): Colour => {
  const at = (y * width + x) * 3;
  return [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
};

export const colourOf = (hex: string): Colour => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

/** The largest difference of a channel. */
export const apart = (a: Colour, b: Colour): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

/** How many pixels within `ring` of the border are neither of these colours nor between the two. */
export function strayIn(pixels: Pixels, ring: number, ground: Colour, dots: Colour = ground): number {
  const { width, height } = pixels;
  const low = ground.map((value, i) => Math.min(value, dots[i]!) - 2);
  const high = ground.map((value, i) => Math.max(value, dots[i]!) + 2);
  let stray = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (x === ring && y >= ring && y < height - ring) x = width - ring;
      if (colourAt(pixels, x, y).some((value, i) => value < low[i]! || value > high[i]!)) stray++;
    }
  return stray;
}

/** What differs between two pictures of one size. */
export type Difference = {
  /** Of the channels, 0 to 255. */
  mean: number;
  /** The same, of all that the first differs from its ground by; 0 where they are the same. */
  share: number;
  /** Of the pixels of one that stand out from the ground, those that have no such pixel near them in the other; 0 to 1. */
  onlyInFirst: number;
  onlyInSecond: number;
};

/** Pixels; renderers smooth the borders of letters and lines differently. */
const NEAR = 2;
/** Of a channel; less than this is smoothing, or a shade of the ground. */
const STANDS_OUT = 48;

export function differenceOf(a: Pixels, b: Pixels, ground: Colour): Difference {
  let [sum, drawn] = [0, 0];
  for (let i = 0; i < a.rgb.length; i++) {
    sum += Math.abs(a.rgb[i]! - b.rgb[i]!);
    drawn += Math.abs(a.rgb[i]! - ground[i % 3]!);
  }
  const [inA, inB] = [standingOut(a, ground, STANDS_OUT), standingOut(b, ground, STANDS_OUT)];
  // half as strong near by is enough: a thin line may be spread over two pixels
  const [nearA, nearB] = [a, b].map((each) => spread(standingOut(each, ground, STANDS_OUT / 2), each.width));
  return {
    mean: sum / a.rgb.length,
    share: sum / Math.max(1, drawn),
    onlyInFirst: shareWithout(inA, nearB!),
    onlyInSecond: shareWithout(inB, nearA!),
  };
}

function standingOut({ rgb }: Pixels, ground: Colour, by: number): Uint8Array {
  const out = new Uint8Array(rgb.length / 3);
  for (let i = 0, at = 0; i < out.length; i++, at += 3)
    out[i] =
      Math.abs(rgb[at]! - ground[0]) > by ||
      Math.abs(rgb[at + 1]! - ground[1]) > by ||
      Math.abs(rgb[at + 2]! - ground[2]) > by
        ? 1
        : 0;
  return out;
}

/** What is set, and all that is near it. */
function spread(set: Uint8Array, width: number): Uint8Array {
  const along = (from: Uint8Array, step: number) => {
    const to = from.slice();
    for (let i = 0; i < from.length; i++)
      if (from[i])
        for (let by = 1; by <= NEAR; by++) for (const at of [i - by * step, i + by * step]) to[at] = 1;
    return to;
  };
  return along(along(set, 1), width);
}

function shareWithout(set: Uint8Array, near: Uint8Array): number {
  let [all, alone] = [0, 0];
  for (let i = 0; i < set.length; i++) {
    if (!set[i]) continue;
    all++;
    if (!near[i]) alone++;
  }
  return all === 0 ? 0 : alone / all;
}
