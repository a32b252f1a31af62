/** All that is measured on one edge. The hover card and the inspector show the same. */
import { Fragment, lazy, Suspense } from 'react';
import {
  formatChange,
  formatDuration,
  formatQuantile,
  type Id,
  METRIC_NAMES,
  METRICS,
  type Metric,
  QUANTILES,
  type Ratio,
  type Reading,
  type Units,
} from '../../graph/index.ts';
import { severityOf } from '../../picture/index.ts';
import { instanceReadings, type Workspace } from '../../workspace/index.ts';
import { CountChanged } from './count-changed.tsx';
import { bothSides, figureText, meanGap, quantileFigure } from './figures.ts';
import { HopFigures } from './hop.tsx';
import { Instances } from './instances.tsx';
import { OfAll } from './of-all.tsx';
import { OperationFigures } from './operations.tsx';
import { Provenance, Provenances } from './provenance.tsx';
import { RatePair } from './rate.tsx';
import { Sparkline } from './sparkline.tsx';
import { SpreadLine } from './spread-line.tsx';
import { StaleSince } from './stale-since.tsx';
import { useNow, useReadings } from './use-readings.ts';
import './figures.css';

function Change({ ratio }: { ratio: Ratio | null }) {
  if (ratio === null) return null;
  return (
    <span className={`change ${severityOf(ratio).replace(' ', '-')}`} title="against the baseline">
      {formatChange(ratio)}
    </span>
  );
}

type Props = {
  workspace: Workspace;
  edge: Id;
  /** All there is, instance by instance and operation by operation, too. */
  whole?: boolean;
};

export function EdgeFigures({ workspace, edge, whole = false }: Props) {
  const subject = { type: 'edge', id: edge } as const;
  const readings = useReadings(workspace, subject);
  useNow(workspace);
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  workspace.use((state) => state.health);
  workspace.use((state) => state.session.instance);
  const { best: bestOf } = workspace.readings;
  const best = bestOf(subject, 'latency');
  const sides = bothSides(readings, best);
  const rate = bestOf(subject, 'rate');
  const errors = bestOf(subject, 'errors');
  const spoken = best ?? rate ?? errors;
  // a message's sender awaits no answer, so that neither end's time is within the other's, and its wait is in its way
  const isMessage = bestOf(subject, 'queue wait') !== null;
  const others = OTHERS.flatMap((metric) => bestOf(subject, metric) ?? []);
  if (!spoken && others.length === 0)
    return (
      <>
        <p className="nothing">No figures yet. A dash on the edge means just that, not zero.</p>
        <Configured workspace={workspace} edge={edge} />
        <HopFigures workspace={workspace} subject={subject} />
      </>
    );
  const stale = spoken !== null && workspace.isStale(spoken);
  return (
    <div className={stale ? 'figures stale' : 'figures'}>
      {sides.length > 0 && <Latency workspace={workspace} sides={sides} q={q} units={units} />}
      {!isMessage && <Gap gap={meanGap(sides)} units={units} />}
      <Configured workspace={workspace} edge={edge} />
      <SpreadLine workspace={workspace} subject={subject} />
      <CountChanged workspace={workspace} subject={subject} readings={readings} />
      {best?.instance == null && <Sparkline seen={workspace.readings.seen(edge)} q={q} units={units} />}
      <HopFigures workspace={workspace} subject={subject} />
      <dl className="pairs">
        <RatePair workspace={workspace} reading={rate} q={q} />
        <dt>
          Errors
          <OfAll reading={errors} beside={spoken} />
        </dt>
        <dd className="number">{figureText(errors, q)}</dd>
        {others.map((reading) => (
          <Fragment key={reading.metric}>
            <dt>
              {METRIC_NAMES[reading.metric]}
              <OfAll reading={reading} beside={spoken} />
              {!stale && <StaleSince workspace={workspace} readings={[reading]} />}
            </dt>
            <dd className="number">{figureText(reading, q, units)}</dd>
          </Fragment>
        ))}
      </dl>
      {whole && (
        <>
          <Instances workspace={workspace} readings={instanceReadings(workspace, subject)} />
          <OperationFigures workspace={workspace} readings={readings} />
        </>
      )}
      {spoken && <Provenance workspace={workspace} reading={spoken} />}
      {whole && <Provenances workspace={workspace} readings={readings} />}
    </div>
  );
}

const Floor = lazy(() => import('../config/floor.tsx').catch(() => ({ default: () => null })));

/** What configuration makes it at least, where any is known at either end. */
function Configured({ workspace, edge }: Props) {
  const isKnown = workspace.use(({ board: { nodes, edges } }) => {
    const { source, target } = edges[edge] ?? {};
    return [source, target].some((id) => id !== undefined && nodes[id]?.config !== undefined);
  });
  if (!isKnown) return null;
  return (
    <Suspense fallback={null}>
      <Floor workspace={workspace} edge={edge} />
    </Suspense>
  );
}

const ELSEWHERE: readonly Metric[] = ['latency', 'rate', 'errors', 'queue wait'];
/** What else may be known of an edge; how long messages waited is told with their way. */
const OTHERS = (Object.keys(METRICS) as Metric[]).filter((metric) => !ELSEWHERE.includes(metric));

/** What lies between the two ends: where both were measured, or why it is not known. */
function Gap({ gap, units }: { gap: ReturnType<typeof meanGap>; units: Units }) {
  if (gap === null) return null;
  return (
    <p className="aside">
      Network and queue between them:{' '}
      {gap === 'unknown' ? (
        'unknown, the source gives no means, and quantiles can’t be subtracted'
      ) : (
        <>
          <b className="number">{formatDuration(gap, units)}</b>, difference of means
        </>
      )}
    </p>
  );
}

const SIDE_WORDS = { caller: 'seen by caller', callee: 'seen by callee' } as const;

type LatencyProps = { workspace: Workspace; sides: readonly Reading[]; q: number; units: Units };

function Latency({ workspace, sides, q, units }: LatencyProps) {
  const snapshot = workspace.use(workspace.past.baseline);
  return (
    <table className="latency">
      <thead>
        <tr>
          <th scope="col">Latency</th>
          {sides.map((reading) => (
            <th scope="col" key={reading.side ?? 'one'}>
              {sides.length > 1 && reading.side ? SIDE_WORDS[reading.side] : ''}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {QUANTILES.map((each) => (
          <tr key={each} className={each === q ? 'chosen' : ''}>
            <th scope="row" className="number">
              {formatQuantile(each)}
            </th>
            {sides.map((reading) => {
              const figure = quantileFigure(reading, each, snapshot, units);
              return (
                <td key={reading.side ?? 'one'} className="number">
                  {figure ? (
                    <Fragment>
                      {figure.text} <Change ratio={figure.ratio} />
                      {figure.bounds && (
                        <span
                          className="bounds"
                          title="the bucket it lies in: the source knows no more exactly"
                        >
                          {figure.bounds}
                        </span>
                      )}
                    </Fragment>
                  ) : (
                    '–'
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
