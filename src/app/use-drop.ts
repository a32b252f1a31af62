/** Files dropped or pasted anywhere on the page. */
import { useEffect, useState } from 'react';
import type { Workspace } from '../workspace/index.ts';

/** @returns true while files are held over the page */
export function useDrop(workspace: Workspace): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      workspace.services.importFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const onPaste = (event: ClipboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea');
      if (typing || !event.clipboardData) return;
      const files = [...event.clipboardData.files];
      const text = event.clipboardData.getData('text/plain').trim();
      if (files.length > 0) workspace.services.importFiles(files);
      else if (text.startsWith('{') || text.startsWith('['))
        workspace.services.importFiles([new File([text], 'pasted.json', { type: 'application/json' })]);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, [workspace]);
  return over;
}
