/** Where the focus goes when what has it is put away. */
import { useLayoutEffect, useRef } from 'react';
import type { Workspace } from '../../workspace/index.ts';

/** For the root of what floats over the board: put away while the focus is in it, it leaves the focus to the board. */
export function useFocusLeft<T extends HTMLElement>(workspace: Workspace) {
  const root = useRef<T>(null);
  // a layout effect: its end comes while the element is still in the page
  useLayoutEffect(
    () => () => {
      if (root.current?.contains(document.activeElement)) workspace.view?.focus();
    },
    [workspace],
  );
  return root;
}
