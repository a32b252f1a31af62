/** What every pane of the export dialog is given. */
import type { Exporter, Workspace } from '../../workspace/index.ts';

export type PaneProps = {
  workspace: Workspace;
  /** Null until it is fetched. */
  exporter: Exporter | null;
  /** Puts the dialog away, and then does this. */
  leaving: (work: () => void) => void;
};
