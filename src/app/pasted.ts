/** What a paste holds, taken out while the browser lets it be read: only during the event itself. */
export type Pasted = { files: readonly File[]; texts: Readonly<Record<string, string>> };

/** False where text is typed or selected, and in dialogs: there copying is about that text. */
export function isOurs({ target }: Event): boolean {
  if (target instanceof Element && target.closest('input, textarea, dialog[open]')) return false;
  return window.getSelection()?.isCollapsed !== false;
}

/** Null where the paste is somebody else's; otherwise it is ours, and the browser's own way is called off. */
export function pastedIn(event: ClipboardEvent): Pasted | null {
  const data = event.clipboardData;
  if (!data || !isOurs(event)) return null;
  event.preventDefault();
  const texts = data.types.filter((type) => type !== 'Files').map((type) => [type, data.getData(type)]);
  return { files: [...data.files], texts: Object.fromEntries(texts) };
}
