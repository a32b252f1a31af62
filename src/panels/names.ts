/** How a panel row leads to its subject on the board, and how it says when something was. */
import type { Subject } from '../graph/index.ts';
import { select, type Workspace } from '../workspace/index.ts';

/** Selects it, brings it into view and rings it. */
export function goTo(workspace: Workspace, subject: Subject): void {
  const selection = select(subject.type === 'node' ? { nodes: [subject.id] } : { edges: [subject.id] });
  workspace.session({ selection, ringed: subject });
  workspace.view?.panTo(subject);
}

/** When something happened, in the viewer's zone: the time today, the day too otherwise. */
export const timeText = (at: number, now: number): string => told(at, now, {});
/** The same to the second: `14:02:30`, `21 Nov, 14:02:30`. */
export const momentText = (at: number, now: number): string => told(at, now, { second: '2-digit' });

function told(at: number, now: number, more: Intl.DateTimeFormatOptions): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...more } as const;
  return new Intl.DateTimeFormat(
    undefined,
    today ? time : { day: 'numeric', month: 'short', ...time },
  ).format(at);
}
