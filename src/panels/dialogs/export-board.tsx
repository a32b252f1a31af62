/** The board itself as a file, and the investigation as a report: nothing to choose, but to be said. */
import type { PaneProps } from './export-pane.ts';

export function BoardPane({ workspace, leaving }: PaneProps) {
  const options = { theme: 'light', scale: 1, figures: true, legend: true, strip: false } as const;
  return (
    <section className="pane" aria-label="JSON">
      <p>The whole board, for another Chalkline, for the command line, and to keep in a repository.</p>
      <p className="leak">
        Every name, note, setting, link, source address and snapshot on the board travels along. Secrets are
        never on a board.
      </p>
      <footer>
        <button
          type="button"
          className="button primary"
          data-first
          onClick={() => leaving(() => workspace.services.exportFile('json', options))}
        >
          Export JSON
        </button>
      </footer>
    </section>
  );
}

const REPORT = {
  markdown: { name: 'Markdown', words: 'As text for a ticket or a repository, with the picture in it.' },
  html: { name: 'HTML page', words: 'As one page that needs nothing else, to be opened in any browser.' },
} as const;

export function ReportPane({ workspace, leaving, format }: PaneProps & { format: 'markdown' | 'html' }) {
  const { name, words } = REPORT[format];
  const isEmpty = workspace.use(({ board }) => Object.keys(board.nodes).length === 0);
  return (
    <section className="pane" aria-label={`Report, ${name}`}>
      <p>Picture, timeline, figures, suspects, experiments, and what is still unknown. {words}</p>
      <p className="leak">It says what the board says of these; it can’t be opened as a board again.</p>
      {isEmpty && <p className="fault">There is nothing to report of an empty board.</p>}
      <footer>
        <button
          type="button"
          className="button primary"
          disabled={isEmpty}
          onClick={() => leaving(() => workspace.services.writeReport(format))}
        >
          Export report
        </button>
      </footer>
    </section>
  );
}
