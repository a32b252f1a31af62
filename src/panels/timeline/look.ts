/** From a time that was pointed at to the moment that is shown. */
import type { EpochMs } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { snap } from './scale.ts';

/** Looks at the moment of the grid that is nearest; at its end all is live. */
export function lookNear(workspace: Workspace, at: EpochMs): void {
  const now = workspace.now();
  const { window, step } = workspace.use.getState().session.look;
  const snapped = snap(at, step, now);
  workspace.past.lookAt(snapped > now - step ? null : { at: snapped, window, step });
}
