/** Files dropped anywhere on the page. */
import { useEffect, useState } from 'react';
import { type Id, nodeRect } from '../graph/index.ts';
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
      const onto = partUnder(workspace, event);
      const entries = entriesIn(event);
      if (!entries.some(({ isDirectory }) => isDirectory))
        return workspace.services.importFiles([...(event.dataTransfer?.files ?? [])], onto);
      import('./dropped-folder.ts')
        .then(({ filesIn }) => filesIn(entries))
        .then(
          (files) => workspace.services.importFiles(files, onto),
          (error: unknown) =>
            workspace.notify(error instanceof Error ? error.message : String(error), 'error'),
        );
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [workspace]);
  return over;
}

/** What was dropped, folders too. It can be asked for only while the event lasts. */
const entriesIn = (event: DragEvent): FileSystemEntry[] =>
  [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);

/** The part that is pointed at: its card, or what the panel shows of it. */
function partUnder(workspace: Workspace, { target, clientX, clientY }: DragEvent): Id | undefined {
  const element = target instanceof Element ? target : null;
  const shown = element?.closest<HTMLElement>('[data-drop-onto]')?.dataset.dropOnto;
  if (shown !== undefined || !element?.closest('.canvas') || !workspace.view) return shown;
  const [x, y] = workspace.view.at([clientX, clientY]);
  return Object.values(workspace.shown().board.nodes).findLast((node) => {
    const rect = nodeRect(node);
    return x >= rect.x && y >= rect.y && x <= rect.x + rect.width && y <= rect.y + rect.height;
  })?.id;
}
