/** The way of a message through a queue: published, waiting, processed, each with its own time. */
import { Fragment } from 'react';
import { type Hop, hopOf, type Segment } from '../../analysis/index.ts';
import { formatQuantile, METRIC_NAMES, type Metric, type Subject, type Units } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { figureText, quantileText } from './figures.ts';
import './hop.css';

export function HopFigures({ workspace, subject }: { workspace: Workspace; subject: Subject }) {
  const board = workspace.use((state) => state.board);
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  const { best, of } = workspace.readings;
  const hop = hopOf(board, subject, { best, of, q });
  if (!hop) return null;
  return (
    <figure className="hop" aria-label="The way of a message">
      <figcaption>
        A message's way <span className="number faint">{formatQuantile(q)} of each part</span>
      </figcaption>
      <ol>
        {hop.segments.map((segment) => (
          <Part key={segment.name} segment={segment} whole={longest(hop)} units={units} />
        ))}
      </ol>
      {subject.type === 'edge' && hop.carrier !== null && (
        <Queue workspace={workspace} node={hop.carrier} q={q} units={units} />
      )}
    </figure>
  );
}

/** Widths are as the times are, but for what would be too narrow to be seen. */
const LEAST = 0.02;
const longest = ({ segments }: Hop) => Math.max(...segments.map(({ figure }) => figure?.value ?? 0));

function Part({ segment, whole, units }: { segment: Segment; whole: number; units: Units }) {
  const { name, figure, isEstimate, worstOf } = segment;
  const notes = [
    isEstimate && 'estimated from the lag',
    worstOf &&
      `worst of ${worstOf.measured === worstOf.of ? worstOf.of : `${worstOf.measured} measured of ${worstOf.of}`}`,
  ].filter(Boolean);
  const share = figure && whole > 0 ? Math.max(LEAST, figure.value / whole) : 0;
  return (
    <li data-part={name} data-unknown={figure === null}>
      <span className="name">{name}</span>
      <span className="bar" aria-hidden="true">
        {figure && <i style={{ width: `${(share * 100).toFixed(1)}%` }} />}
      </span>
      <span className="number">{figure ? quantileText(figure, units) : 'unknown'}</span>
      {notes.length > 0 && <span className="note">{notes.join(', ')}</span>}
    </li>
  );
}

const OF_QUEUE = [
  'queue depth',
  'queue unacked',
  'prefetch',
  'consumers',
  'consumer capacity',
] as const satisfies readonly Metric[];

/** How it is at the queue that an edge leads to or from. */
function Queue({
  workspace,
  node,
  q,
  units,
}: {
  workspace: Workspace;
  node: string;
  q: number;
  units: Units;
}) {
  const name = workspace.use((state) => state.board.nodes[node]?.name || 'unnamed');
  const known = OF_QUEUE.flatMap((metric) => {
    const reading = workspace.readings.best({ type: 'node', id: node }, metric);
    return reading ? [{ metric, reading }] : [];
  });
  if (known.length === 0) return null;
  return (
    <dl className="pairs" aria-label={`At ${name}`}>
      {known.map(({ metric, reading }) => (
        <Fragment key={metric}>
          <dt>{METRIC_NAMES[metric]}</dt>
          <dd className="number">{figureText(reading, q, units)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
