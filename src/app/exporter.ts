/** The ways out that are looked at first: pictures of a part, texts of other programs, a link. */
import { type FileInput, FORMATS, type Format, formatOf, lacksOf, suffixOf } from '../formats/index.ts';
import { withoutSaid } from '../graph/index.ts';
import type { Exporter, TextFormat, Workspace } from '../workspace/index.ts';
import { fileName, save, stampOf } from './download.ts';
import { draw } from './export.ts';
import { newId } from './ids.ts';
import { pictured } from './pictured.ts';
import { readInWorker } from './reader.ts';

/** The board itself leaves by ways of its own. */
const OWN: readonly string[] = ['board', 'link'];
/** Longer addresses are refused by servers on the way, by chats and by some browsers; characters. */
const LONGEST_LINK = 64_000;

const textFormats: readonly TextFormat[] = FORMATS.filter(({ id, write }) => write && !OWN.includes(id)).map(
  (format) => ({
    id: format.id,
    name: format.name,
    // what is only put into the clipboard has no files
    ...(format.suffixes.length > 0 && { suffix: suffixOf(format) }),
    writes: format.writes ?? '',
    ...(format.loses !== undefined && { loses: format.loses }),
  }),
);

export function createExporter(workspace: Workspace): Exporter {
  const boardNow = () => workspace.use.getState().board;
  return {
    formats: textFormats,
    async draw(options) {
      const part = pictured(workspace, options.part ?? 'board');
      if (!part) return null;
      const { svg, width, height } = await draw(workspace, options, part);
      return { svg, width, height, parts: part.parts };
    },
    write: (id) => known(id).write!(boardNow()),
    async lacks(id, text) {
      const board = boardNow();
      const file: FileInput = { name: `board${suffixOf(known(id))}`, bytes: new TextEncoder().encode(text) };
      const reply = await readInWorker({ id: 0, files: [file], seed: newId() }).done;
      const read = reply?.reads[0]?.read;
      return read?.ok ? lacksOf(board, read.board, read.placed ?? false) : null;
    },
    link: (left) => linkTo(formatOf('link')!.write!(withoutSaid(boardNow(), left))),
    save(id, text) {
      const format = known(id);
      const { title } = boardNow();
      // figures are of a time; a drawing replaces the one before it
      const of = id === 'csv-readings' ? `${title.slice(0, 40)} ${stampOf(workspace.now())}` : title;
      const name = fileName(of, suffixOf(format).replace(/^\./, ''));
      save(name, format.mediaType ?? 'text/plain', text);
      workspace.notify(`${name} is in your downloads.`);
    },
    async copy(name, text) {
      try {
        await navigator.clipboard.writeText(text);
        workspace.notify(`Copied as ${name}.`);
      } catch {
        workspace.notify('This browser lets no page copy here. Export a file instead.', 'error');
      }
    },
  };
}

function known(id: string): Format {
  const format = formatOf(id);
  if (!format?.write) throw new Error(`Nothing is written as ${id}.`);
  return format;
}

/** @throws RangeError in words, where it is longer than addresses may be */
function linkTo(fragment: string): string {
  const { origin, pathname } = window.location;
  const address = `${origin}${pathname}${fragment}`;
  if (address.length <= LONGEST_LINK) return address;
  throw new RangeError(
    `This board would make a link of ${thousands(address.length)} characters. Links up to ${thousands(LONGEST_LINK)} can be made: leave something out, or send the JSON or a PNG instead.`,
  );
}

const thousands = (count: number): string => count.toLocaleString('en');
