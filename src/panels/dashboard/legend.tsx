/** The lines of a chart by name, each as it is drawn, with its value at a time. */
import type { EpochMs, Milliseconds, Units } from '../../graph/index.ts';
import type { Chart } from './charts.ts';
import type { Film } from './film.ts';
import type { Style } from './look.ts';
import { toldAt } from './words.ts';

/** Of more lines those that are highest then. */
const LISTED = 9;

type Props = {
  film: Film;
  chart: Chart;
  at: EpochMs;
  gap: Milliseconds;
  units: Units;
  styles: readonly Style[];
};

export function Legend({ film, chart, at, gap, units, styles }: Props) {
  const all = chart.lines.map((line, i) => ({
    line,
    style: styles[i]!,
    told: toldAt(film, line, at, gap, units),
  }));
  const isMany = all.length > LISTED;
  const rank = ({ told }: (typeof all)[number]) => told.value ?? Number.NEGATIVE_INFINITY;
  const listed = isMany ? all.toSorted((a, b) => rank(b) - rank(a)).slice(0, LISTED) : all;
  return (
    <ul className={chart.byInstance ? 'legend instances' : 'legend'}>
      {listed.map(({ line, style, told }) => (
        <li
          key={line.column.key}
          title={told.bounds ? `${line.name}: in the bucket ${told.bounds}` : line.name}
        >
          <Swatch style={style} />
          <span className="cut">{line.name}</span>
          <b className="number">{told.text}</b>
        </li>
      ))}
      {isMany && <li className="faint">the highest of {all.length}</li>}
    </ul>
  );
}

const Swatch = ({ style: { colour, dash, width } }: { style: Style }) => (
  <svg className="swatch" width={14} height={8} aria-hidden="true">
    <line
      x1={0}
      y1={4}
      x2={14}
      y2={4}
      stroke={colour}
      strokeWidth={width + 0.25}
      strokeDasharray={dash.join(' ')}
    />
  </svg>
);
