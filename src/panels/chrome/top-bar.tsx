/** The two islands at the top: the board and its menu at the left, the instruments at the right. */

import {
  CircleQuestionMark,
  History,
  Monitor,
  Moon,
  PanelRight,
  Redo2,
  Share,
  Sun,
  Undo2,
  Workflow,
} from 'lucide';
import { formatQuantile, QUANTILES } from '../../graph/index.ts';
import { runAction, type Workspace } from '../../workspace/index.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { BoardTitle } from './board-title.tsx';
import { HealthPills } from './health-pills.tsx';
import { MainMenu } from './main-menu.tsx';
import { Banner, SaveState } from './save-state.tsx';
import './top-bar.css';

const THEME_ICONS = { system: Monitor, dark: Moon, light: Sun } as const;

export function TopBar({ workspace }: { workspace: Workspace }) {
  const q = workspace.use((state) => state.session.quantile);
  const theme = workspace.use((state) => state.session.theme);
  const timeline = workspace.use((state) => state.session.timeline);
  const panelOpen = workspace.use((state) => state.session.panel.open);
  return (
    <header className="panels top-bar">
      <div className="island">
        <MainMenu workspace={workspace} />
        <BoardTitle workspace={workspace} />
        <ActionButton workspace={workspace} id="edit.undo" icon={Undo2} />
        <ActionButton workspace={workspace} id="edit.redo" icon={Redo2} />
        <SaveState workspace={workspace} />
      </div>
      <div className="island instruments">
        <HealthPills workspace={workspace} />
        <Segmented
          label="Quantile on the edges"
          numbers
          value={q}
          options={QUANTILES.map((each) => ({
            value: each,
            label: formatQuantile(each),
            title: `Show ${formatQuantile(each)} on edges`,
          }))}
          onChange={(next) => runAction(workspace, `view.${formatQuantile(next)}`)}
        />
        <ActionButton workspace={workspace} id="time.timeline" icon={History} pressed={timeline} />
        <ActionButton workspace={workspace} id="layout.right" icon={Workflow} label="Lay out">
          <span className="wide-only">Lay out</span>
        </ActionButton>
        <ActionButton workspace={workspace} id="file.export" icon={Share}>
          <span className="wide-only">Export</span>
        </ActionButton>
        <ActionButton
          workspace={workspace}
          id="view.theme"
          icon={THEME_ICONS[theme]}
          label={`Theme: ${theme}. Change`}
        />
        <ActionButton workspace={workspace} id="view.help" icon={CircleQuestionMark} />
        <ActionButton workspace={workspace} id="view.panel" icon={PanelRight} pressed={panelOpen} />
      </div>
      <Banner workspace={workspace} />
    </header>
  );
}
