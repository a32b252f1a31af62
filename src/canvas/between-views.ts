/**
 * Stands in for d3-interpolate and d3-color in the build (see vite.config.ts). What React Flow animates is where the
 * view is, never an attribute and never a colour: of all that d3 can go between, that is left.
 */

/** The middle of what is seen, and how wide it is; board pixels. */
type Seen = readonly [x: number, y: number, width: number];

/** From one view to another as a straight zoom: what is at the same place of the page in both never moves. */
export function interpolateZoom([x, y, width]: Seen, [x1, y1, width1]: Seen): (t: number) => Seen {
  const zoomed = Math.log(width1 / width);
  return (t) => {
    const share = Math.abs(zoomed) < 1e-6 ? t : Math.expm1(zoomed * t) / Math.expm1(zoomed);
    return [x + (x1 - x) * share, y + (y1 - y) * share, width * Math.exp(zoomed * t)];
  };
}
export { interpolateZoom as interpolate };

const none = (): null => null;

export {
  none as color,
  none as interpolateNumber,
  none as interpolateRgb,
  none as interpolateString,
  none as interpolateTransformCss,
  none as interpolateTransformSvg,
};
