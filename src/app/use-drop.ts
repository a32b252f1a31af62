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
      workspace.services.importFiles([...(event.dataTransfer?.files ?? [])], partUnder(workspace, event));
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
