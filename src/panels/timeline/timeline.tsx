/**
 * Through time: the strip at the foot of the board, which says what is shown, from when, over how long and what it is
 * compared with, and leads to any other time.
 */
import { Bell, ChartSpline, Flag, GitCompareArrows, X } from 'lucide';
import { useState } from 'react';
import type { Id } from '../../graph/index.ts';
import { actionById, runAction, type Workspace, writeEvent } from '../../workspace/index.ts';
import { ChartsDrawer } from '../dashboard/drawer.tsx';
import { agoText } from '../live/figures.ts';
import { useNow } from '../live/use-readings.ts';
import { ActionButton, titleOf } from '../ui/action-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { bringAlerts } from './alerts.ts';
import { compareBeside, comparedWith } from './compare.ts';
import { EventEditor } from './event-editor.tsx';
import { RangeChoice } from './range-choice.tsx';
import { momentWords, type Range, stepOf, viewOf, WINDOWS, windowText } from './scale.ts';
import { Track } from './track.tsx';
import './timeline.css';

export function Timeline({ workspace }: { workspace: Workspace }) {
  const shown = workspace.use((state) => state.session.timeline);
  return shown && <Strip workspace={workspace} />;
}

function Strip({ workspace }: { workspace: Workspace }) {
  const range = workspace.use((state) => state.session.range);
  const { window, step } = workspace.use((state) => state.session.look);
  const [edited, setEdited] = useState<Id | null>(null);
  const moment = workspace.use((state) => state.session.moment);
  const compare = workspace.use((state) => state.session.compare);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const events = workspace.use((state) => state.board.events);
  const hasCharts = workspace.use((state) => state.session.charts.open);
  const hasAlerts = workspace.use((state) =>
    Object.values(state.board.sources).some(({ type }) => type === 'prometheus'),
  );
  const now = useNow(workspace);
  const view = viewOf(range, now);
  const edit = edited === null ? undefined : events[edited];

  const chooseWindow = (next: number) => {
    workspace.session({ look: { window: next, step } });
    if (moment) workspace.past.lookAt({ at: moment.at, window: next, step });
    if (compare && 'at' in compare) workspace.past.compareWith({ ...compare, window: next });
  };
  const chooseRange = (next: Range) => {
    workspace.session({ range: next, look: { window, step: stepOf(next.span) } });
  };
  const isComparing = compare !== null && 'at' in compare;
  return (
    <section className="panels island timeline" aria-label="Timeline" data-past={moment !== null}>
      <header>
        <p className="when">
          {moment ? (
            <>
              <span className="past number">{momentWords(moment, now)}</span>
              <span className="faint"> · {agoText(now - moment.at)}</span>
            </>
          ) : (
            <span className="live">LIVE</span>
          )}
          {compare && <span className="faint"> · against {comparedWith(workspace, now)}</span>}
        </p>
        <select
          aria-label="Over how long"
          title="Over how long the figures of a moment are"
          value={moment?.window ?? window}
          onChange={(event) => chooseWindow(Number(event.target.value))}
        >
          {[...new Set([...WINDOWS, moment?.window ?? window])]
            .sort((a, b) => a - b)
            .map((each) => (
              <option key={each} value={each}>
                over {windowText(each)}
              </option>
            ))}
        </select>
        <button
          type="button"
          className="button small"
          aria-pressed={isComparing}
          title="Compare with another time: drag its band"
          onClick={() =>
            isComparing
              ? runAction(workspace, 'time.compare-latest')
              : compareBeside(workspace, view, window, step)
          }
        >
          <Icon of={GitCompareArrows} size={14} />
          <span className="words">Compare</span>
        </button>
        <button
          type="button"
          className="button small"
          disabled={readOnly}
          title="Write down what happened at the moment shown"
          onClick={() =>
            setEdited(
              writeEvent(
                workspace,
                hasIncident(events) ? 'other' : 'incident',
                hasIncident(events) ? 'Event' : 'Incident began',
              ),
            )
          }
        >
          <Icon of={Flag} size={14} />
          <span className="words">Event</span>
        </button>
        {hasAlerts && (
          <button
            type="button"
            className="button small"
            disabled={readOnly}
            title="Bring the alerts that the sources know of in this stretch"
            onClick={() => void bringAlerts(workspace, view)}
          >
            <Icon of={Bell} size={14} />
            <span className="words">Bring alerts</span>
          </button>
        )}
        <button
          type="button"
          className="button small"
          aria-pressed={hasCharts}
          title={titleOf(actionById('time.charts'))}
          onClick={() => runAction(workspace, 'time.charts')}
        >
          <Icon of={ChartSpline} size={14} />
          <span className="words">Charts</span>
        </button>
        <RangeChoice range={range} now={now} onChange={chooseRange} />
        <ActionButton workspace={workspace} id="time.timeline" icon={X} label="Put the timeline away" />
      </header>
      <ChartsDrawer workspace={workspace} />
      {edit && (
        <EventEditor
          key={edit.id}
          workspace={workspace}
          event={edit}
          view={view}
          onClose={() => setEdited(null)}
        />
      )}
      <Track
        workspace={workspace}
        range={range}
        window={window}
        step={step}
        onWindow={chooseWindow}
        onEvent={setEdited}
      />
    </section>
  );
}

const hasIncident = (events: Readonly<Record<Id, { kind: string }>>) =>
  Object.values(events).some(({ kind }) => kind === 'incident');
