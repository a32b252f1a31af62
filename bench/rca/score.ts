/** How often the ranking is right, and whether its probabilities mean what they say. */
import type { Judged } from './case.ts';

type Shares = {
  cases: number;
  top1: number;
  top3: number;
  top5: number;
  random: { top1: number; top3: number };
};

function sharesOf(cases: readonly Judged[]): Shares {
  const within = (most: number) =>
    shareOf(cases.filter(({ place }) => place !== null && place <= most).length, cases.length);
  const byChance = (most: number) =>
    shareOf(
      cases.reduce((sum, { parts }) => sum + (parts > 0 ? Math.min(1, most / parts) : 0), 0),
      cases.length,
    );
  return {
    cases: cases.length,
    ...{ top1: within(1), top3: within(3), top5: within(5) },
    random: { top1: byChance(1), top3: byChance(3) },
  };
}

const shareOf = (part: number, whole: number): number => (whole > 0 ? rounded(part / whole) : 0);
const rounded = (value: number): number => Number(value.toFixed(4));

/** Bounds of the classes of probability that are held against how often they came true. */
const CLASSES = [0, 0.05, 0.2, 0.4, 0.6, 0.8, 1];

/** Does 0.8 mean 0.8? `error`: how far off on average, each class by how much is in it. */
function calibrationOf(cases: readonly Judged[]) {
  const all = cases.flatMap(({ beliefs }) => beliefs);
  const classes = CLASSES.slice(1).map((to, i) => {
    const from = CLASSES[i]!;
    const own = all.filter(({ share }) => share > from && share <= to);
    const said = own.reduce((sum, { share }) => sum + share, 0);
    const came = own.filter(({ isCause }) => isCause).length;
    return { from, to, count: own.length, said: shareOf(said, own.length), came: shareOf(came, own.length) };
  });
  const first = cases.flatMap(({ beliefs }) => beliefs.slice(0, 1));
  const off = (['said', 'came'] as const).map((key) => (each: (typeof classes)[number]) => each[key]);
  const error = classes
    .slice(1)
    .reduce((sum, each) => sum + each.count * Math.abs(off[0]!(each) - off[1]!(each)), 0);
  const counted = classes.slice(1).reduce((sum, { count }) => sum + count, 0);
  return {
    classes,
    error: shareOf(error, counted),
    first: {
      said: shareOf(
        first.reduce((sum, { share }) => sum + share, 0),
        first.length,
      ),
      came: shareOf(first.filter(({ isCause }) => isCause).length, first.length),
    },
  };
}

/** The object that the bench ends with. */
export function reportOf(dataset: string, cases: readonly Judged[]) {
  const by: Record<string, Record<string, Shares>> = {};
  for (const key of new Set(cases.flatMap(({ under }) => Object.keys(under))))
    by[key] = Object.fromEntries(
      [...Map.groupBy(cases, ({ under }) => under[key] ?? 'none')].map(([name, own]) => [
        name,
        sharesOf(own),
      ]),
    );
  return { dataset, ...sharesOf(cases), by, calibration: calibrationOf(cases) };
}
