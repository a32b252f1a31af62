/** What the charts say, as a table: for those who listen to it, or want numbers only. */
import { momentText } from '../names.ts';
import type { Part, Setting } from './setting.ts';
import { summaryOf, toldAt } from './words.ts';

/** Lines listed; all of them are in the CSV. */
const LISTED = 400;

export function SummaryTable({ parts, setting }: { parts: readonly Part[]; setting: Setting }) {
  const { view, time, now, gap, units } = setting;
  const all = parts.flatMap(({ name, film, charts }) =>
    charts.flatMap((chart) => chart.lines.map((line) => ({ of: name, film, chart, line }))),
  );
  return (
    <table className="charts-table">
      <caption>
        From {momentText(view.from, now)} to {momentText(view.to, now)}
        {all.length > LISTED && `; the first ${LISTED} of ${all.length} lines, all are in the CSV`}
      </caption>
      <thead>
        <tr>
          {[
            'Part',
            'Figure',
            'Line',
            `At ${momentText(time, now)}`,
            'Lowest',
            'Highest',
            'Highest at',
            'Not measured',
          ].map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {all.slice(0, LISTED).map(({ of, film, chart, line }) => {
          const summary = summaryOf(film, line, view.from, view.to, units);
          return (
            <tr key={`${of} ${line.column.key}`}>
              <th scope="row">{of}</th>
              <td title={chart.origin}>{chart.title}</td>
              <td>{line.name}</td>
              <td className="number">{toldAt(film, line, time, gap, units).text}</td>
              <td className="number">{summary?.lowest ?? '–'}</td>
              <td className="number">{summary?.highest ?? '–'}</td>
              <td className="number">{summary ? momentText(summary.highestAt, now) : '–'}</td>
              <td className="number">{summary ? summary.missing : '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
