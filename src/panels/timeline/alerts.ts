/** Alerts and annotations of the sources, written down on the board. */
import { bringEvents } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { View } from './scale.ts';

export async function bringAlerts(workspace: Workspace, { from, to }: View): Promise<void> {
  const controller = new AbortController();
  workspace.session({ working: { text: 'Asking for alerts…', cancel: () => controller.abort() } });
  const { events, problems } = await workspace.services.happened(from, to, controller.signal);
  workspace.session({ working: null });
  if (controller.signal.aborted) return;
  if (problems.length > 0) workspace.notify(problems.join(' '), 'error');
  const happened = workspace.run('bring alerts', (board) =>
    bringEvents(board, { events, newId: workspace.newId }),
  );
  if (problems.length > 0) return;
  const count = Object.keys(happened.events?.added ?? {}).length;
  if (events.length === 0) workspace.notify('No alert fired in this stretch.');
  else workspace.notify(count === 0 ? 'All alerts are there already.' : `${count} brought.`);
}
