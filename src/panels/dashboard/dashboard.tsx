/** The charts of each part that is looked at, one row a part, over the timeline's stretch; live figures at its end. */
import { ChartSpline, Download, History, Image, Table2, X } from 'lucide';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { type EpochMs, subjectKey, subjectName } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { useNow } from '../live/use-readings.ts';
import { goTo } from '../names.ts';
import { lookNear } from '../timeline/look.ts';
import { viewOf } from '../timeline/scale.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { backdropOf } from './behind.ts';
import { ChartFigure } from './chart.tsx';
import { chartsOf } from './charts.ts';
import { createCrosshair } from './crosshair.ts';
import { csvOf } from './csv.ts';
import { createFeed, type Feed } from './feed.ts';
import { paletteNow } from './look.ts';
import { pictureOf } from './picture.ts';
import type { Part, Setting } from './setting.ts';
import { type Shown, selectedSubjects, worstEdges } from './subjects.ts';
import { SummaryTable } from './summary-table.tsx';
import { pictureTitle } from './words.ts';
import 'uplot/dist/uPlot.min.css';
import './dashboard.css';

export function Dashboard({ workspace }: { workspace: Workspace }) {
  const [perInstance, setPerInstance] = useState(false);
  const [isLog, setLog] = useState(true);
  const [asTable, setAsTable] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const shown = useShown(workspace);
  const feed = useFeed(workspace, shown);
  const crosshair = useMemo(createCrosshair, []);
  const setting = useSetting(workspace, { isLog, gap: feed.gap(), crosshair });
  const board = workspace.use((state) => state.board);
  const instance = workspace.use((state) => state.session.instance);
  const q = workspace.use((state) => state.session.quantile);
  const parts = shown.subjects.flatMap((subject): Part[] => {
    const film = feed.film(subject);
    if (!film) return [];
    const charts = chartsOf(film, { perInstance, instance, q });
    return [{ subject, name: subjectName(board, subject), film, charts, isComing: feed.isComing(subject) }];
  });
  const problems = feed.problems();
  const stamp = new Date(setting.view.to).toISOString().slice(0, 19).replaceAll(':', '-');
  const exportCsv = () => {
    const { from, to } = setting.view;
    const written = parts.flatMap(({ name, film, charts }) =>
      charts.map(({ lines }) => ({ subject: name, film, lines })),
    );
    const text = csvOf(written, from, to);
    workspace.services.saveFile(
      `charts ${stamp}`,
      'csv',
      new Blob([text], { type: 'text/csv;charset=utf-8' }),
    );
  };
  const exportPicture = () =>
    pictureOf(body.current!, pictureTitle(board.title, setting.view), setting.palette.tokens).then(
      (blob) => workspace.services.saveFile(`charts ${stamp}`, 'png', blob),
      (error: Error) => workspace.notify(`No picture: ${error.message}`, 'error'),
    );
  const hasCharts = parts.some(({ charts }) => charts.length > 0);
  const isPast = workspace.use((state) => state.session.moment !== null);
  return (
    <>
      <header className="charts-head">
        <Icon of={ChartSpline} size={14} />
        <h3>Charts</h3>
        <p className="cut aside" title={shown.words}>
          {shown.words}
        </p>
        {isPast && <ActionButton workspace={workspace} id="time.live" icon={History} label="Back to live" />}
        <button
          type="button"
          className="button small"
          aria-pressed={perInstance}
          title="One line for each instance"
          onClick={() => setPerInstance(!perInstance)}
        >
          Per instance
        </button>
        <Segmented
          label="Scale of durations"
          value={isLog ? 'log' : 'linear'}
          options={[
            { value: 'log', label: 'Log', title: 'Each step up is so many times as long' },
            { value: 'linear', label: 'Linear', title: 'Each step up is so much longer, from 0' },
          ]}
          onChange={(next) => setLog(next === 'log')}
        />
        <button
          type="button"
          className="icon-button small"
          aria-pressed={asTable}
          aria-label="As a table"
          title="As a table"
          onClick={() => setAsTable(!asTable)}
        >
          <Icon of={Table2} size={14} />
        </button>
        <button
          type="button"
          className="icon-button small"
          aria-label="Export the charts as CSV"
          title="Export as CSV: every point that is drawn"
          disabled={!hasCharts}
          onClick={exportCsv}
        >
          <Icon of={Download} size={14} />
        </button>
        <button
          type="button"
          className="icon-button small"
          aria-label="Export the charts as a picture"
          title="Export as a picture (PNG)"
          disabled={!hasCharts || asTable}
          onClick={exportPicture}
        >
          <Icon of={Image} size={14} />
        </button>
        <ActionButton workspace={workspace} id="time.charts" icon={X} label="Put the charts away" />
      </header>
      {problems.length > 0 && <p className="aside charts-problem">{problems.join(' ')}</p>}
      <div
        ref={body}
        className="charts-body"
        // nothing in a table takes the focus, and a long one has to be scrolled
        {...(asTable && { role: 'region', 'aria-label': 'Figures as a table', tabIndex: 0 })}
      >
        {asTable ? (
          <SummaryTable parts={parts} setting={setting} />
        ) : (
          parts.map((part) => (
            <Row key={subjectKey(part.subject)} workspace={workspace} part={part} setting={setting} />
          ))
        )}
      </div>
    </>
  );
}

type RowProps = { workspace: Workspace; part: Part; setting: Setting };

function Row({ workspace, part: { subject, name, film, charts, isComing }, setting }: RowProps) {
  const nothing = isComing ? 'Fetching…' : 'No figures in this stretch. That is not zero.';
  return (
    <section className="charts-row" aria-label={name}>
      <header>
        <h4 className="cut">
          <button type="button" className="link" onClick={() => goTo(workspace, subject)}>
            {name}
          </button>
        </h4>
        {charts.some(({ simulated }) => simulated) && <span className="chip simulated">Simulated</span>}
      </header>
      {charts.length === 0 && <p className="nothing">{nothing}</p>}
      <div className="charts-grid" data-coming={isComing}>
        {charts.map((chart) => (
          <ChartFigure key={chart.key} film={film} chart={chart} of={name} setting={setting} />
        ))}
      </div>
    </section>
  );
}

/** What is selected; while nothing is, the worst edges, which stay the same until something is or the question changes. */
function useShown(workspace: Workspace): Shown {
  const nodes = workspace.use((state) => state.board.nodes);
  const edges = workspace.use((state) => state.board.edges);
  const selection = workspace.use((state) => state.session.selection);
  const q = workspace.use((state) => state.session.quantile);
  const baseline = workspace.use(workspace.past.baseline);
  const isMeasured = workspace.use(() =>
    Object.keys(edges).some((id) => workspace.readings.best({ type: 'edge', id }, 'latency') !== null),
  );
  useNow(workspace);
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen when the question changes, not when figures arrive
  return useMemo(
    () => selectedSubjects({ nodes, edges }, selection) ?? worstEdges(workspace),
    [workspace, nodes, edges, selection, q, baseline?.id, isMeasured],
  );
}

/** Films of what is shown; each change of them renders anew, once a frame. */
function useFeed(workspace: Workspace, { subjects }: Shown): Feed {
  const [, render] = useReducer((version: number) => version + 1, 0);
  const [feed] = useState(() => createFeed(workspace, render));
  const { span, end } = workspace.use((state) => state.session.range);
  const { window, step } = workspace.use((state) => state.session.look);
  const sources = workspace.use((state) => state.board.sources);
  const moment = workspace.use((state) => state.session.moment?.at ?? null);
  const now = useNow(workspace);
  useEffect(() => () => feed.stop(), [feed]);
  useEffect(() => {
    void sources;
    feed.want({ subjects, span, end, window, step, moment });
    render();
  }, [feed, subjects, span, end, window, step, moment, sources]);
  useEffect(() => {
    void now;
    feed.tick();
  }, [feed, now]);
  return feed;
}

type Own = Pick<Setting, 'isLog' | 'gap' | 'crosshair'>;

function useSetting(workspace: Workspace, own: Own): Setting {
  const range = workspace.use((state) => state.session.range);
  const moment = workspace.use((state) => state.session.moment);
  const compare = workspace.use((state) => state.session.compare);
  const snapshots = workspace.use((state) => state.board.snapshots);
  const events = workspace.use((state) => state.board.events);
  const units = workspace.use((state) => state.session.units);
  workspace.use((state) => state.session.theme);
  useNow(workspace);
  // figures that came since the last tick are shown, too
  const now = workspace.now();
  const view = viewOf(range, now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: all that it is made from
  const backdrop = useMemo(() => backdropOf(workspace), [workspace, moment, compare, snapshots, events]);
  const palette = paletteNow(document.documentElement);
  const onChoose = useMemo(() => (at: EpochMs) => lookNear(workspace, at), [workspace]);
  return { ...own, view, now, time: moment?.at ?? view.to, backdrop, palette, units, onChoose };
}
