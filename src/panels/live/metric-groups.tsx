/** All figures of a node, together by what they tell of. */
import {
  formatQuantile,
  givenQuantile,
  METRIC_NAMES,
  type Metric,
  type Reading,
  type Units,
} from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { figureText } from './figures.ts';
import { OfAll } from './of-all.tsx';
import { RatePair } from './rate.tsx';
import './metric-groups.css';

type Group = 'Traffic' | 'Saturation' | 'Queue' | 'Machine';

/** Groups and metrics are shown in this order. */
const GROUPS: Record<Metric, Group> = {
  latency: 'Traffic',
  rate: 'Traffic',
  errors: 'Traffic',
  'own time': 'Traffic',
  'critical path': 'Traffic',
  'queue depth': 'Queue',
  'queue unacked': 'Queue',
  'queue wait': 'Queue',
  'lag time': 'Queue',
  'consumer capacity': 'Queue',
  consumers: 'Queue',
  prefetch: 'Queue',
  'thread use': 'Saturation',
  'pool use': 'Saturation',
  'pool waiting': 'Saturation',
  'pool wait': 'Saturation',
  'event loop lag': 'Saturation',
  'gc pause': 'Saturation',
  cpu: 'Machine',
  throttled: 'Machine',
  memory: 'Machine',
  'memory use': 'Machine',
  'disk busy': 'Machine',
  'disk io': 'Machine',
};
const ORDER = Object.keys(GROUPS) as Metric[];

type Props = { workspace: Workspace; readings: readonly Reading[]; q: number; units: Units };

/** @param readings one of each metric */
export function MetricGroups({ workspace, readings, q, units }: Props) {
  const ofOne = readings.find(({ instance }) => instance !== null) ?? null;
  const inOrder = readings.toSorted((a, b) => ORDER.indexOf(a.metric) - ORDER.indexOf(b.metric));
  const groups = [...Map.groupBy(inOrder, ({ metric }) => GROUPS[metric])];
  return groups.map(([group, all]) => (
    <div className="metric-group" key={group}>
      {groups.length > 1 && <h4>{group}</h4>}
      <dl className={all.some(({ provenance }) => provenance.note) ? 'pairs noted' : 'pairs'}>
        {all.map((reading) =>
          reading.metric === 'rate' ? (
            <RatePair key="rate" workspace={workspace} reading={reading} q={q} />
          ) : (
            <MetricPair key={reading.metric} reading={reading} beside={ofOne} q={q} units={units} />
          ),
        )}
      </dl>
    </div>
  ));
}

type PairProps = { reading: Reading; beside: Reading | null; q: number; units: Units };

function MetricPair({ reading, beside, q, units }: PairProps) {
  const { metric, value, provenance } = reading;
  const given = typeof value === 'number' ? null : givenQuantile(value, q);
  return (
    <>
      <dt>
        {METRIC_NAMES[metric]}
        {given !== null && <span className="number faint"> {formatQuantile(given)}</span>}
        <OfAll reading={reading} beside={beside} />
        {provenance.note && <span className="note">{provenance.note}</span>}
      </dt>
      <dd className="number">{figureText(reading, given ?? q, units)}</dd>
    </>
  );
}
