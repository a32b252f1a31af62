/** What has been seen of an edge since opening: the chosen quantile strong, the others behind it. */
import { formatAge, formatDuration, formatQuantile, QUANTILES, type Units } from '../../graph/index.ts';
import type { Seen } from '../../workspace/index.ts';
import { type SparkPoint, sparkPath, sparkScale } from './sparkline.ts';

const SIZE = { width: 280, height: 40 };

const pointOf = (seen: Seen, q: number) => (q === 0.5 ? seen.p50 : q === 0.95 ? seen.p95 : seen.p99);
const lineOf = (seen: readonly Seen[], q: number): SparkPoint[] =>
  seen.map((each) => ({ at: each.at, value: pointOf(each, q) }));

type Props = { seen: readonly Seen[]; q: number; units: Units };

export function Sparkline({ seen, q, units }: Props) {
  const highest = seen.map((each) => ({ at: each.at, value: each.p99 ?? each.p95 ?? each.p50 }));
  const scale = sparkScale(highest);
  if (!scale || seen.length < 2) return null;
  const words = `${formatQuantile(q)} since opening, highest shown ${formatDuration(scale.top, units)}`;
  const quiet = QUANTILES.filter((each) => each !== q);
  return (
    <figure className="sparkline">
      <svg
        viewBox={`0 -2 ${SIZE.width} ${SIZE.height + 4}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
      >
        {quiet.map((each) => (
          <path key={each} className="quiet" d={sparkPath(lineOf(seen, each), scale, SIZE)} />
        ))}
        <path d={sparkPath(lineOf(seen, q), scale, SIZE)} />
      </svg>
      <figcaption>
        <span>{formatAge(scale.to - scale.from)}</span>
        <span>to {formatDuration(scale.top, units)}</span>
      </figcaption>
    </figure>
  );
}
