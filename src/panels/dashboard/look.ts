/** How lines look: told apart by dash and by name first, by colour second. */
import { LINE_COLOURS, type Theme, TOKENS, type Tokens, withMoreContrast } from '../../picture/index.ts';
import type { Chart } from './charts.ts';

export type Style = { colour: string; dash: readonly number[]; width: number };
export type Palette = { theme: Theme; tokens: Tokens };

/** Pixels of line and of gap. */
const DASHES = [[], [7, 3], [2, 3], [8, 3, 2, 3]] as const;
/** Short for those that are mostly lower, long for the tail. */
const QUANTILE_DASH = (q: number) => (q <= 0.5 ? DASHES[2] : q < 0.99 ? DASHES[1] : DASHES[3]);

/** The colours that the page has now. */
export function paletteNow(element: Element): Palette {
  const theme = getComputedStyle(element).colorScheme.includes('dark') ? 'dark' : 'light';
  const isStrong = window.matchMedia('(prefers-contrast: more)').matches;
  return { theme, tokens: isStrong ? withMoreContrast(TOKENS[theme]) : TOKENS[theme] };
}

/** Of every line in order: of one figure's quantiles the chosen one strong; of parts side by side a colour and a dash each. */
export function stylesOf({ lines }: Pick<Chart, 'lines'>, { theme, tokens }: Palette): Style[] {
  const first = lines[0];
  const isOne = lines.every(
    ({ column }) => column.metric === first?.column.metric && column.instance === first.column.instance,
  );
  if (isOne)
    return lines.map(({ column, strong }) => {
      const q = column.quantile;
      if (strong || q === null) return { colour: tokens.accent, dash: DASHES[0], width: 1.75 };
      return { colour: tokens.inkSecondary, dash: QUANTILE_DASH(q), width: 1.25 };
    });
  const colours = LINE_COLOURS[theme];
  const isTooMany = lines.length > colours.length * DASHES.length;
  return lines.map((_, i) => ({
    colour: colours[i % colours.length]!,
    // of more there is no telling apart by their look: the one that is pointed at comes forward, and says its name
    dash: isTooMany ? DASHES[0] : DASHES[Math.floor(i / colours.length) % DASHES.length]!,
    width: isTooMany ? 1 : 1.5,
  }));
}
