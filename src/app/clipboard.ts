/**
 * What is copied goes out twice: as records, for another board or tab, and as sketch text, for everything else.
 *
 *   copy, cut ─► Clip · sketch text
 *   paste     ─► files · a Clip · text of a known format, read as a file · sketch text · any other text, as a note
 *
 * In the browser's own clipboard events, which ask nobody for permission.
 */
import { hasWholeArrow, writeSketch } from '../formats/index.ts';
import {
  addNote,
  type Clip,
  emptyBoard,
  parseClip,
  remove,
  serializeClip,
  withoutDangling,
} from '../graph/index.ts';
import {
  emptySelection,
  pasteClip,
  select,
  selectedClip,
  soleSubject,
  type Workspace,
} from '../workspace/index.ts';
import { isOurs, type Pasted, pastedIn } from './pasted.ts';

/** Carried from tab to tab by the browser; no other program knows it. */
const CLIP_TYPE = 'application/x-chalkline-clip+json';
/** As long as the text of a note may be. */
const LONGEST_NOTE = 20_000;

/** What was copied here last: a menu can read the clipboard's text, but not our records. */
let last: { text: string; clip: Clip } | null = null;

/** @returns the end of it */
export function bindClipboard(workspace: Workspace): () => void {
  const onCopy = (event: ClipboardEvent) => {
    if (!isOurs(event)) return;
    const clip = selectedClip(workspace);
    if (!clip || !event.clipboardData) return;
    event.preventDefault();
    const text = textOf(clip);
    event.clipboardData.setData(CLIP_TYPE, serializeClip(clip));
    event.clipboardData.setData('text/plain', text);
    last = { text, clip };
    if (event.type === 'cut') takeAway(workspace, clip);
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = pastedIn(event);
    if (pasted) takePasted(workspace, pasted);
  };
  // without a text selected, a menu's "copy" is only tried where somebody says that there is something to copy
  const before = (event: Event) => {
    if (selectedClip(workspace)) event.preventDefault();
  };
  const listeners = [
    ['copy', onCopy],
    ['cut', onCopy],
    ['paste', onPaste],
    ['beforecopy', before],
    ['beforecut', before],
  ] as const;
  for (const [type, listener] of listeners) window.addEventListener(type, listener as EventListener);
  return () => {
    for (const [type, listener] of listeners) window.removeEventListener(type, listener as EventListener);
  };
}

export function takePasted(workspace: Workspace, { files, texts }: Pasted): void {
  if (files.length > 0) return workspace.services.importFiles(files);
  const clip = parseClip(texts[CLIP_TYPE] ?? '');
  if (clip) putDown(workspace, clip);
  else void pasteText(workspace, texts['text/plain'] ?? '');
}

/** What a menu asks for. */
export async function byMenu(workspace: Workspace, how: 'copy' | 'cut' | 'paste'): Promise<void> {
  if (how !== 'paste') {
    // the only way to our own listener, and so to both forms; every browser has it
    if (document.execCommand(how)) workspace.notify(how === 'cut' ? 'Cut.' : 'Copied.');
    else
      workspace.notify(`This browser leaves that to keys: press Ctrl+${how === 'cut' ? 'X' : 'C'}.`, 'error');
    return;
  }
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    return workspace.notify('This browser leaves that to keys: press Ctrl+V.', 'error');
  }
  if (last && text === last.text) putDown(workspace, last.clip);
  else await pasteText(workspace, text);
}

/** Sketch text, with what notes say as comments; where there are only notes, what they say. */
function textOf(clip: Clip): string {
  const notes = Object.values(clip.notes).map(({ text }) => text);
  const { nodes, edges, groups } = clip;
  if (Object.keys(nodes).length === 0) return notes.join('\n\n');
  const sketch = writeSketch(withoutDangling({ ...emptyBoard('clip'), nodes, edges, groups }));
  return sketch + notes.map((text) => `${text.replace(/^/gm, '# ')}\n`).join('');
}

function takeAway(workspace: Workspace, clip: Clip): void {
  const ids = (records: object) => Object.keys(records);
  workspace.run('cut', (board) =>
    remove(board, { nodes: ids(clip.nodes), notes: ids(clip.notes), groups: ids(clip.groups) }),
  );
}

const here = (workspace: Workspace) => workspace.view?.pointer() ?? [0, 0];

function putDown(workspace: Workspace, clip: Clip): void {
  pasteClip(workspace, clip, here(workspace));
}

async function pasteText(workspace: Workspace, raw: string): Promise<void> {
  const text = raw.trim();
  if (text === '') return;
  const clip = parseClip(text);
  if (clip) return putDown(workspace, clip);
  const isForPart = soleSubject(workspace.use.getState().session.selection)?.type === 'node';
  if (isForPart && (await import('./config.ts')).takeConfigText(workspace, text)) return;
  if (text.startsWith('{') || text.startsWith('['))
    return workspace.services.importFiles([new File([text], pastedName(text, '.json'))]);
  const taken = await workspace.services.recognise(text);
  if (taken && taken.id !== 'sketch')
    return workspace.services.importFiles([new File([text], pastedName(text, taken.suffix))]);
  const sketcher = await workspace.services.sketcher();
  const { isSketch, patch, touched, faults } = sketcher.read(
    workspace.use.getState().board,
    text,
    here(workspace),
  );
  if (!isSketch || (/[<>]/.test(text) && !hasWholeArrow(text))) return pasteNote(workspace, text);
  const [fault] = faults;
  if (fault)
    return workspace.notify(
      `The pasted sketch can’t be read, at ${fault.line}:${fault.column}: ${fault.reason}. Nothing has changed.`,
      'error',
    );
  workspace.run('paste sketch', patch);
  workspace.select(select({ nodes: touched.nodes, edges: touched.edges }));
  workspace.view?.reveal(touched.nodes);
}

/** The same for the same text, which is then known again; another for another, whose figures must not take the place of the first's. */
function pastedName(text: string, suffix: string): string {
  // FNV-1a of 32 bits
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `pasted-${(hash >>> 0).toString(36)}${suffix}`;
}

function pasteNote(workspace: Workspace, text: string): void {
  const id = workspace.newId();
  const [x, y] = here(workspace);
  const position: [number, number] = [Math.round(x), Math.round(y)];
  workspace.run('paste note', (board) => addNote(board, { id, text: text.slice(0, LONGEST_NOTE), position }));
  workspace.select(workspace.use.getState().board.notes[id] ? select({ notes: [id] }) : emptySelection);
}
