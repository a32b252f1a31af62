/** The page: the canvas, and what floats over it. */
import { useCallback, useEffect, useState } from 'react';
import { Canvas } from '../canvas/index.ts';
import {
  BoardsDialog,
  ContextMenu,
  EdgeCard,
  EmptyState,
  ExportDialog,
  HelpDialog,
  HintLine,
  Notice,
  SidePanel,
  ToolRail,
  TopBar,
  WorkingBar,
} from '../panels/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { useTheme } from './theme.ts';
import { useDrop } from './use-drop.ts';

/** What the rail, the top bar and the foot take of the canvas, page pixels. */
const CHROME = { top: 56, bottom: 40, left: 64 };

function insets() {
  const panel = document.querySelector('.side-panel');
  return { ...CHROME, right: panel ? panel.getBoundingClientRect().width + 12 : 0 };
}

export function App({ workspace }: { workspace: Workspace }) {
  const theme = useTheme(workspace);
  const isEmpty = workspace.use(
    ({ board }) => Object.keys(board.nodes).length === 0 && Object.keys(board.notes).length === 0,
  );
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const card = useCallback((edge: string) => <EdgeCard workspace={workspace} edge={edge} />, [workspace]);
  const dropping = useDrop(workspace);
  const title = workspace.use((state) => state.board.title);
  useEffect(() => {
    document.title = `${title} – Chalkline`;
  }, [title]);
  return (
    <div className="app">
      <main>
        <Canvas workspace={workspace} theme={theme} card={card} insets={insets} onContextMenu={setMenu} />
      </main>
      {isEmpty && <EmptyState workspace={workspace} />}
      <TopBar workspace={workspace} />
      <ToolRail workspace={workspace} />
      <SidePanel workspace={workspace} />
      <HintLine workspace={workspace} />
      <WorkingBar workspace={workspace} />
      <Notice workspace={workspace} />
      {menu && <ContextMenu workspace={workspace} at={menu} onClose={closeMenu} />}
      <HelpDialog workspace={workspace} />
      <BoardsDialog workspace={workspace} />
      <ExportDialog workspace={workspace} />
      {dropping && <div className="drop-veil">Drop a trace, a board or an exported picture</div>}
    </div>
  );
}
