/** One source, with what can be changed about it. */
import { X } from 'lucide';
import { type EpochMs, formatDuration, type Id, type SourceConfig } from '../../graph/index.ts';
import type { SourceHealth, Workspace } from '../../workspace/index.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { HealthLine } from './health.tsx';
import { checkUrl, INTERVALS, prometheusSource, WINDOWS, withPresent } from './validate.ts';

type PrometheusSource = Extract<SourceConfig, { type: 'prometheus' }>;
type Props = {
  workspace: Workspace;
  health: SourceHealth | undefined;
  now: EpochMs;
} & ({ source: PrometheusSource; id?: undefined } | { source?: undefined; id: Id });

export function SourceCard({ workspace, source, id = source?.id ?? '', health, now }: Props) {
  const name = source?.name ?? health?.label ?? id;
  return (
    <section className="source-card">
      <header>
        <h3>{name}</h3>
        <button
          type="button"
          className="icon-button small"
          aria-label={`Remove ${name}`}
          title="Remove the source and its figures"
          onClick={() => (source ? workspace.services.disconnect(id) : removeImported(workspace, id))}
        >
          <Icon of={X} size={14} />
        </button>
      </header>
      <HealthLine health={health} now={now} />
      {source && <PrometheusSettings workspace={workspace} source={source} />}
      {health && health.unbound.length > 0 && <Unbound workspace={workspace} id={id} health={health} />}
    </section>
  );
}

function PrometheusSettings({ workspace, source }: { workspace: Workspace; source: PrometheusSource }) {
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const change = (fields: Partial<PrometheusSource>) => workspace.services.connect({ ...source, ...fields });
  const changeUrl = (text: string) => {
    const checked = prometheusSource(source.id, text, source);
    if (checked.ok) change(checked.value);
  };
  return (
    <fieldset disabled={readOnly}>
      <TextField
        label="URL"
        value={source.url}
        faultOf={(text) => {
          const checked = checkUrl(text);
          return checked.ok ? null : checked.fault;
        }}
        onCommit={changeUrl}
      />
      <div className="pair">
        <SelectField
          label="Ask every"
          value={String(source.interval)}
          options={durations(withPresent(INTERVALS, source.interval))}
          onChange={(interval) => change({ interval: Number(interval) })}
        />
        <SelectField
          label="Over the last"
          value={String(source.window)}
          options={durations(withPresent(WINDOWS, source.window))}
          onChange={(window) => change({ window: Number(window) })}
        />
      </div>
    </fieldset>
  );
}

/** What was read from a file is kept as a snapshot; without it the source is gone. */
function removeImported(workspace: Workspace, source: Id): void {
  const { snapshots } = workspace.use.getState().board;
  const removed = Object.fromEntries(
    Object.entries(snapshots).filter(
      ([, { imported, readings }]) =>
        imported && readings.some(({ provenance }) => provenance.source === source),
    ),
  );
  workspace.run('remove source', { snapshots: { removed } });
}

export const durations = (choices: readonly number[]): (readonly [string, string])[] =>
  choices.map((each) => [String(each), formatDuration(each)]);

/** Lines of unbound traffic shown; of more the rest is counted. */
const LISTED = 8;

function Unbound({ workspace, id, health }: { workspace: Workspace; id: Id; health: SourceHealth }) {
  const { unbound } = health;
  return (
    <div className="unbound">
      <h4>Seen, and not drawn</h4>
      <ul>
        {unbound.slice(0, LISTED).map(({ source, target, kind }) => (
          <li key={`${source} ${target} ${kind}`}>
            <span className="cut">
              {source} → {target}
            </span>
            <span className="faint">{kind}</span>
          </li>
        ))}
      </ul>
      {unbound.length > LISTED && <p className="aside">and {unbound.length - LISTED} more</p>}
      <button type="button" className="button" onClick={() => workspace.services.addUnbound(id)}>
        Add what is missing
      </button>
      <p className="aside">
        Or give a node that stands for one of them its telemetry name, in the Inspector.
      </p>
    </div>
  );
}
