/** What is seen against what is drawn. */
import type { Workspace } from '../workspace.ts';
import type { Action } from './action.ts';

const hasReal = ({ use }: Workspace): boolean =>
  Object.values(use.getState().board.sources).some(({ type }) => type !== 'simulator');

export const sourceActions: readonly Action[] = [
  {
    id: 'sources.connect',
    label: 'Connect a source: Prometheus, Jaeger, Zipkin, spans',
    section: 'Investigate',
    run: (w) => w.session({ panel: { open: true, tab: 'sources' }, matching: false }),
  },
  {
    id: 'sources.match',
    label: 'Match telemetry names',
    section: 'Investigate',
    enabled: hasReal,
    run: (w) => w.session({ panel: { open: true, tab: 'sources' }, matching: true }),
  },
];
