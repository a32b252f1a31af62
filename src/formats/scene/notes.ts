/** Texts that name nothing → notes. */
import { COORDINATE_LIMIT, type Id, type Note, noteSchema } from '../../graph/index.ts';
import { noteIn } from './data.ts';
import type { Places } from './places.ts';
import type { Shape } from './scene.ts';
import { sameText } from './words.ts';

const SMALLEST = 16;
const LONGEST_TEXT = 20_000;

/** Null for one with nothing in it. */
export function noteOf({ rect, text, data, links = [] }: Shape, places: Places, id: Id): Note | null {
  const record = data ? noteIn(data) : {};
  if (record.text !== undefined && !sameText(record.text, text)) delete record.text;
  const written = [text, ...links.filter((link) => !text.includes(link))].join('\n').trim();
  if (written === '' && record.text === undefined) return null;
  const size = (extent: number) => Math.min(COORDINATE_LIMIT, Math.max(SMALLEST, extent));
  const note = {
    ...{ text: written.slice(0, LONGEST_TEXT), ...record, id },
    position: places.moved([rect.x, rect.y]),
    size: [size(rect.width), size(rect.height)],
  };
  const parsed = noteSchema.safeParse(note);
  return parsed.success ? parsed.data : null;
}
