/** Files that the page hands over, named after the board. */
import type { Workspace } from '../workspace/index.ts';

/** `Checkout incident` → `checkout-incident.png`. */
export function fileName(title: string, suffix: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${plain.slice(0, 80) || 'board'}.${suffix}`;
}

export function saveFile(workspace: Workspace, what: string, suffix: string, content: Blob): void {
  // what it is stays readable, however long the title
  const name = fileName(`${workspace.use.getState().board.title.slice(0, 40)} ${what}`, suffix);
  save(name, content.type, content);
  workspace.notify(`${name} is in your downloads.`);
}

/** A time as file names have it: `2026-03-14-092653`, in UTC, as all of them. */
export const stampOf = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replace(/[T]/, '-').replaceAll(':', '');

export function save(name: string, type: string, content: string | Uint8Array | Blob): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
