/** Several files read as one text, with every place in it known by its file. */
import { type PlaceOf, placesIn, withLineFeeds } from './scan.ts';

export type Page = { file: string; text: string };
/** A piece of a page, from its offset `start`. */
export type Piece = { page: Page; start: number; text: string };

export const pageOf = (file: string, text: string): Page => ({ file, text: withLineFeeds(text) });

/** The pieces as one text, each beginning on a line of its own. */
export function joinPages(pieces: readonly Piece[]): { text: string; placeOf: PlaceOf } {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length + 1;
  }
  const places = new Map<Page, PlaceOf>();
  const placeOf: PlaceOf = (at) => {
    let i = 0;
    for (let high = starts.length - 1; i < high; ) {
      const middle = (i + high + 1) >> 1;
      if (starts[middle]! <= at) i = middle;
      else high = middle - 1;
    }
    const { page, start } = pieces[i]!;
    const inPage = places.get(page) ?? placesIn(page.text);
    places.set(page, inPage);
    return { ...inPage(start + at - starts[i]!), file: page.file };
  };
  return { text: pieces.map(({ text }) => text).join('\n'), placeOf };
}

/** `a/b/c.dsl` and `../x.dsl` → `a/x.dsl` */
export function pathFrom(file: string, path: string): string {
  const steps = file.split('/').slice(0, -1);
  for (const step of path.split('/'))
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  return steps.join('/');
}
