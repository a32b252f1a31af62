/** All that is measured on one edge. The hover card and the inspector show the same. */
import { Fragment } from 'react';
import {
  formatChange,
  formatDuration,
  type Id,
  type Ratio,
  type Reading,
  type Units,
} from '../../graph/index.ts';
import { severityOf } from '../../picture/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import {
  basisText,
  bothSides,
  figureText,
  meanGap,
  QUANTILES,
  quantileFigure,
  quantileName,
} from './figures.ts';
import { Provenance } from './provenance.tsx';
import { Sparkline } from './sparkline.tsx';
import { useNow, useReadings } from './use-readings.ts';
import './figures.css';

export function Change({ ratio }: { ratio: Ratio | null }) {
  if (ratio === null) return null;
  return (
    <span className={`change ${severityOf(ratio).replace(' ', '-')}`} title="against the baseline">
      {formatChange(ratio)}
    </span>
  );
}

type Props = { workspace: Workspace; edge: Id };

export function EdgeFigures({ workspace, edge }: Props) {
  const subject = { type: 'edge', id: edge } as const;
  const readings = useReadings(workspace, subject);
  useNow(workspace);
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  workspace.use((state) => state.health);
  const best = workspace.readings.best(subject, 'latency');
  const sides = bothSides(readings, best);
  const rate = workspace.readings.best(subject, 'rate');
  const errors = workspace.readings.best(subject, 'errors');
  const spoken = best ?? rate ?? errors;
  if (!spoken)
    return <p className="nothing">No figures yet. A dash on the edge means just that, not zero.</p>;
  const stale = workspace.isStale(spoken);
  const gap = meanGap(sides);
  return (
    <div className={stale ? 'figures stale' : 'figures'}>
      {sides.length > 0 && <Latency workspace={workspace} sides={sides} q={q} units={units} />}
      {gap !== null && (
        <p className="aside">
          Network and queue between the two ends: <b className="number">{formatDuration(gap, units)}</b>,
          difference of means
        </p>
      )}
      <Sparkline seen={workspace.readings.seen(edge)} q={q} units={units} />
      <dl className="pairs">
        <dt>Rate</dt>
        <dd className="number">{figureText(rate, q)}</dd>
        <dt>Errors</dt>
        <dd className="number">{figureText(errors, q)}</dd>
      </dl>
      <Provenance workspace={workspace} reading={spoken} basis={basisText(spoken)} />
    </div>
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
              {quantileName(each)}
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
