/** What ways to take something out are called, and what one does for each. */
import type { Action } from '../../graph/index.ts';

export const WAYS: Record<Action, { verb: string; how: string }> = {
  stubbed: {
    verb: 'Stub',
    how: 'Something that answers at once stands in for it; what lies behind is not reached through it.',
  },
  bypassed: { verb: 'Bypass', how: 'Traffic goes round it, to what lies behind.' },
  stopped: {
    verb: 'Stop',
    how: 'Whoever needs it gets an error; of several instances the others do its work.',
  },
  restored: {
    verb: 'Restore',
    how: 'It is put back to its default, or to what it was before a change; all else goes on.',
  },
};
