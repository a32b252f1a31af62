/** The one panel at the right, with its tabs. It can be put away; the canvas is the page. */
import { X } from 'lucide';
import { useEffect, useId, useState } from 'react';
import type { Id } from '../graph/index.ts';
import type { PanelTab, SimulatorFault, Workspace } from '../workspace/index.ts';
import { Inspector } from './inspector/inspector.tsx';
import { Measure } from './measure/measure.tsx';
import { Outline } from './outline/outline.tsx';
import { Sources } from './sources/sources.tsx';
import { Suspects } from './suspects/suspects.tsx';
import { ActionButton } from './ui/action-button.tsx';
import { rove } from './ui/keys.ts';
import './side-panel.css';

const TABS: readonly [PanelTab, string][] = [
  ['inspector', 'Inspector'],
  ['outline', 'Outline'],
  ['suspects', 'Suspects'],
  ['measure', 'Measure'],
  ['sources', 'Sources'],
];

export function SidePanel({ workspace }: { workspace: Workspace }) {
  const { open, tab } = workspace.use((state) => state.session.panel);
  const boardId = workspace.use((state) => state.board.id);
  const marks = workspace.use((state) => Object.keys(state.board.marks).length);
  // What the simulator was told to do on this board; it stays known while other tabs are looked at.
  const [told, setTold] = useState<{ board: Id; fault: SimulatorFault } | null>(null);
  const fault = told?.board === boardId ? told.fault : null;
  const setFault = (next: SimulatorFault | null) => setTold(next && { board: boardId, fault: next });
  const simulates = workspace.use((state) =>
    Object.values(state.board.sources).some((source) => source.type === 'simulator'),
  );
  useEffect(() => {
    if (!simulates) setTold(null);
  }, [simulates]);
  const panelId = useId();
  if (!open) return null;
  const show = (next: PanelTab) => workspace.session({ panel: { open: true, tab: next } });
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
        {tab === 'inspector' && <Inspector workspace={workspace} />}
        {tab === 'outline' && <Outline workspace={workspace} />}
        {tab === 'suspects' && <Suspects workspace={workspace} />}
        {tab === 'measure' && <Measure workspace={workspace} />}
        {tab === 'sources' && <Sources workspace={workspace} fault={fault} setFault={setFault} />}
      </div>
    </aside>
  );
}
