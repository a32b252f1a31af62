/**
 * Shows and edits facts beside the canvas. Every component takes the workspace and nothing else; each floats
 * over the nearest positioned ancestor, which the app gives them, and writes by commands and actions only.
 */
import './panels.css';
import './ui/controls.css';

export { Announcer } from './chrome/announcer.tsx';
export { ContextMenu } from './chrome/context-menu.tsx';
export { EmptyState } from './chrome/empty-state.tsx';
export { HintLine } from './chrome/hint-line.tsx';
export { Notice } from './chrome/notice.tsx';
export { Presentation } from './chrome/presentation.tsx';
export { PreviewBar } from './chrome/preview-bar.tsx';
export { SpotlightBar } from './chrome/spotlight.tsx';
export { ToolRail } from './chrome/tool-rail.tsx';
export { TopBar } from './chrome/top-bar.tsx';
export { WorkingBar } from './chrome/working-bar.tsx';
export { CommandBar } from './command/command-bar.tsx';
export { BoardsDialog } from './dialogs/boards-dialog.tsx';
export { ExportDialog } from './dialogs/export-dialog.tsx';
export { HelpDialog } from './dialogs/help-dialog.tsx';
export { PreferencesDialog } from './dialogs/preferences-dialog.tsx';
export { ReplaceDialog } from './dialogs/replace-dialog.tsx';
export { EdgeCard } from './live/edge-card.tsx';
export { InstanceChip } from './live/instance-chip.tsx';
export { SidePanel } from './side-panel.tsx';
export { PastBadge } from './timeline/past-badge.tsx';
export { Timeline } from './timeline/timeline.tsx';
