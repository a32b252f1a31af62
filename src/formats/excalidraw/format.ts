/** Excalidraw's drawings, as files, as pages of Obsidian's plugin, and as what it puts on the clipboard. */
import type { Board } from '../../graph/index.ts';
import { fencedIn } from '../diagram/fence.ts';
import { withLineFeeds } from '../diagram/scan.ts';
import { type Format, isObject, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { parseJson } from '../json.ts';
import { readScene } from '../scene/read.ts';
import { ASPECTS, LOSES } from '../scene/scene.ts';
import { sceneIn } from './elements.ts';
import { elementsOf } from './write.ts';

/** The elements of a drawing, or of a copied part of one. */
function elementsIn(opened: Opened): unknown[] | null {
  const value = opened.type === 'json' && opened.values.length === 1 ? opened.values[0] : onPage(opened);
  if (!isObject(value) || (value.type !== FILE && value.type !== CLIPBOARD)) return null;
  return Array.isArray(value.elements) ? value.elements : null;
}
/** The drawing in a Markdown page of Obsidian's, as far as it is not packed. */
function onPage(opened: Opened): unknown {
  const code = isPage(opened) ? fencedIn(withLineFeeds(opened.text), ['json']) : null;
  const parsed = code === null ? null : parseJson(code);
  return parsed?.ok ? parsed.value : null;
}
const isPage = (opened: Opened): opened is Opened & { type: 'text' } =>
  opened.type === 'text' &&
  /^\ufeff?---\r?\n[^`]{0,2000}^excalidraw-plugin:/m.test(opened.text.slice(0, 3000));
const FILE = 'excalidraw';
const CLIPBOARD = 'excalidraw/clipboard';

function readExcalidraw(opened: Opened, file: string, context: ReadContext): Read {
  if (opened.type === 'text' && opened.notJson)
    return refuse(file, opened.notJson.path, opened.notJson.reason);
  const elements = elementsIn(opened);
  if (!elements && isPage(opened))
    return refuse(
      file,
      '',
      'holds its drawing packed; export it from Obsidian as .excalidraw, or have the plugin not compress it',
    );
  if (!elements) return refuse(file, 'elements', 'must be the list of what is drawn');
  return readScene(sceneIn(elements), { format: EXCALIDRAW.id, file, context });
}

const textOf = (drawing: object) => `${JSON.stringify(drawing, null, 2)}\n`;

const write = (board: Board): string =>
  textOf({
    ...{ type: FILE, version: 2, source: 'chalkline', elements: elementsOf(board) },
    ...{ appState: { viewBackgroundColor: '#ffffff' }, files: {} },
  });

export const EXCALIDRAW: Format = {
  id: 'excalidraw',
  name: 'Excalidraw',
  suffixes: ['.excalidraw', '.excalidraw.json'],
  reads:
    'Files, pages of Obsidian’s plugin that are not packed, and what is copied in Excalidraw. Arrows that are bound to shapes, or touch them, are edges; bound texts are names; frames, groups of parts and shapes around others are groups; loose texts are notes.',
  writes: 'Shapes with their names, bound arrows, frames and texts.',
  keeps: ASPECTS,
  loses: LOSES,
  mediaType: 'application/vnd.excalidraw+json',
  recognises: (opened) => isPage(opened) || elementsIn(opened) !== null,
  read: readExcalidraw,
  write,
};

export const EXCALIDRAW_CLIPBOARD: Format = {
  id: 'excalidraw-clipboard',
  name: 'Excalidraw clipboard',
  suffixes: [],
  suffix: '.json',
  writes: 'What Excalidraw takes when it is pasted there.',
  keeps: ASPECTS,
  loses: LOSES,
  mediaType: 'application/json',
  // The reader of its files reads it.
  recognises: () => false,
  write: (board) => textOf({ type: CLIPBOARD, elements: elementsOf(board), files: {} }),
};
