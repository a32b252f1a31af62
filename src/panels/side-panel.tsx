/** The one panel at the right, with its tabs. It can be put away; the canvas is the page. */
import { X } from 'lucide';
import { type ComponentType, lazy, Suspense, useId } from 'react';
import type { PanelTab, Workspace } from '../workspace/index.ts';
import { Inspector } from './inspector/inspector.tsx';
import { Outline } from './outline/outline.tsx';
import { ActionButton } from './ui/action-button.tsx';
import { rove } from './ui/keys.ts';
import './side-panel.css';

const TABS: readonly [PanelTab, string][] = [
  ['inspector', 'Inspector'],
  ['outline', 'Outline'],
  ['suspects', 'Suspects'],
  ['measure', 'Measure'],
  ['experiments', 'Experiments'],
  ['sources', 'Sources'],
];

type Tab = ComponentType<{ workspace: Workspace }>;
/** Fetched when it is first shown. */
const fetched = (load: () => Promise<{ default: Tab }>): Tab =>
  lazy(() => load().catch(() => ({ default: Unfetched })));
const Unfetched: Tab = () => (
  <p className="fault" role="alert">
    This tab could not be fetched from the server. Nothing is lost; load the page again.
  </p>
);

const CONTENTS: Record<PanelTab, Tab> = {
  inspector: Inspector,
  outline: Outline,
  suspects: fetched(() => import('./suspects/suspects.tsx')),
  measure: fetched(() => import('./measure/measure.tsx')),
  experiments: fetched(() => import('./experiments/experiments.tsx')),
  sources: fetched(() => import('./sources/sources.tsx')),
};

const Review = fetched(() => import('./review/review.tsx'));

export function SidePanel({ workspace }: { workspace: Workspace }) {
  const { open, tab } = workspace.use((state) => state.session.panel);
  const marks = workspace.use((state) => Object.keys(state.board.marks).length);
  const reviewing = workspace.use((state) => state.session.preview?.review !== undefined);
  const panelId = useId();
  if (reviewing)
    return (
      <Suspense fallback={null}>
        <Review workspace={workspace} />
      </Suspense>
    );
  if (!open) return null;
  const Content = CONTENTS[tab];
  const show = (next: PanelTab) => workspace.session({ panel: { open: true, tab: next }, matching: false });
  return (
    <aside className="panels side-panel" aria-label="Facts">
      <header>
        <div
          className="tabs"
          role="tablist"
          aria-label="Side panel"
          onKeyDown={(event) => rove(event, '[role=tab]', 'horizontal')?.click()}
        >
          {TABS.map(([id, label]) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`${panelId}-${id}`}
              aria-selected={id === tab}
              aria-controls={panelId}
              tabIndex={id === tab ? 0 : -1}
              onClick={() => show(id)}
            >
              {label}
              {id === 'suspects' && marks > 0 && <span className="number count">{marks}</span>}
            </button>
          ))}
        </div>
        <ActionButton workspace={workspace} id="view.panel" icon={X} label="Put the panel away" />
      </header>
      <div
        className="tab-panel"
        role="tabpanel"
        id={panelId}
        aria-labelledby={`${panelId}-${tab}`}
        tabIndex={-1}
      >
        <h2 className="hidden">{TABS.find(([id]) => id === tab)?.[1]}</h2>
        <Suspense fallback={null}>
          <Content workspace={workspace} />
        </Suspense>
      </div>
    </aside>
  );
}
