/** What floats over the canvas, the keys, and what is dropped. It comes right after the board, which does not wait for it. */
import { useEffect } from 'react';
import {
  Announcer,
  BoardsDialog,
  CommandBar,
  ContextMenu,
  EmptyState,
  ExportDialog,
  HelpDialog,
  HintLine,
  InstanceChip,
  Notice,
  PastBadge,
  PreferencesDialog,
  Presentation,
  PreviewBar,
  ReplaceDialog,
  SidePanel,
  SpotlightBar,
  Timeline,
  ToolRail,
  TopBar,
  WorkingBar,
} from '../panels/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { bindKeys } from './keys.ts';
import { useClipboard } from './use-clipboard.ts';
import { useDrop } from './use-drop.ts';

export { EdgeCard } from '../panels/index.ts';

type Props = { workspace: Workspace; menu: { x: number; y: number } | null; onMenuClose: () => void };

export function Floating({ workspace, menu, onMenuClose }: Props) {
  const isEmpty = workspace.use(
    ({ board }) => Object.keys(board.nodes).length === 0 && Object.keys(board.notes).length === 0,
  );
  const title = workspace.use((state) => state.board.title);
  useEffect(() => {
    document.title = `${title} – Chalkline`;
  }, [title]);
  const dropping = useDrop(workspace);
  useClipboard(workspace);
  useEffect(() => bindKeys(workspace), [workspace]);
  return (
    <>
      {isEmpty && <EmptyState workspace={workspace} />}
      <TopBar workspace={workspace} />
      <ToolRail workspace={workspace} />
      <SidePanel workspace={workspace} />
      <SpotlightBar workspace={workspace} />
      <PastBadge workspace={workspace} />
      <InstanceChip workspace={workspace} />
      <Timeline workspace={workspace} />
      <Presentation workspace={workspace} />
      <HintLine workspace={workspace} />
      <WorkingBar workspace={workspace} />
      <PreviewBar workspace={workspace} />
      <Notice workspace={workspace} />
      <Announcer workspace={workspace} />
      {menu && <ContextMenu workspace={workspace} at={menu} onClose={onMenuClose} />}
      <CommandBar workspace={workspace} />
      <HelpDialog workspace={workspace} />
      <BoardsDialog workspace={workspace} />
      <ExportDialog workspace={workspace} />
      <ReplaceDialog workspace={workspace} />
      <PreferencesDialog workspace={workspace} />
      {dropping && (
        <div className="drop-veil">
          Drop traces, logs, compose files, manifests, diagrams, a board or an exported picture; or
          configuration, onto the part that has it
        </div>
      )}
    </>
  );
}
