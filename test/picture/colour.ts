/** Colour arithmetic of the contrast and colour-blindness tests, from the published formulas. */

export type Rgb = [number, number, number];

/** Linear light, 0 to 1, of a `#rrggbb` colour (IEC 61966-2-1). */
export function linear(hex: string): Rgb {
  return [1, 3, 5].map((i) => {
    const value = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
}

/** WCAG 2.2 contrast ratio of two opaque colours. */
export function contrast(a: string, b: string): number {
  const luminance = ([r, g, blue]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  const [x, y] = [luminance(linear(a)), luminance(linear(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** How each eye sees linear light: Machado, Oliveira and Fernandes 2009, severity 1.0. */
export const EYES: Record<string, readonly [Rgb, Rgb, Rgb]> = {
  common: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export const seenBy = (eye: readonly [Rgb, Rgb, Rgb], [r, g, b]: Rgb): Rgb =>
  eye.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b))) as Rgb;

/** Distance of two colours as seen: CIE 1976 ΔE of linear sRGB, D65. About 2 is just noticeable. */
export function difference(a: Rgb, b: Rgb): number {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
