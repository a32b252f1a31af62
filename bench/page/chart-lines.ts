/** What both charts draw: so many lines of so many points, and as large. */
export const LINES = 300;
export const POINTS = 300;
/** Milliseconds from one point to the next. */
export const STEP = 5000;
/** CSS pixels: of our drawer, and of the plot in it on the bench's page. */
export const PLOT = { drawer: 300, width: 1160, height: 160 };

/** A share for a line in a round: most are calm, some swing. */
export const usedAt = (line: number, round: number): number =>
  0.3 + 0.2 * Math.sin(line + round / (3 + (line % 7))) + ((line * 31 + round * 17) % 100) / 1000;
