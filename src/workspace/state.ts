/** What the one store holds. */
import type { Board, EpochMs, History, Id } from '../graph/index.ts';
import type { SourceHealth } from './faces.ts';
import type { PastState } from './moment.ts';
import type { Session } from './session.ts';

export type WorkspaceState = {
  board: Board;
  /** Why the board can't be changed here, in words; null when it can. */
  readOnly: string | null;
  history: History;
  session: Session;
  /** How it is with the times that are looked at. */
  past: PastState;
  health: Readonly<Record<Id, SourceHealth>>;
  save: { state: 'saved' | 'saving' | 'unsaved'; since: EpochMs | null; reason?: string };
};
