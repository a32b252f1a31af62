/** The investigation leaves as a report: Markdown for a ticket, or a page of its own. */
import { reportOf, symptomOf, toHtml, toMarkdown, undisturbed } from '../analysis/index.ts';
import { type ReportFormat, shownSnapshot, type Workspace } from '../workspace/index.ts';
import { saveFile } from './download.ts';
import { pictureOf } from './export.ts';

/** In the reader's zone, which is said: reports are read elsewhere. */
const timeText = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'long',
});

export async function writeReport(workspace: Workspace, format: ReportFormat): Promise<void> {
  const { board, session } = workspace.use.getState();
  const now = undisturbed(board, shownSnapshot(workspace));
  const usual = workspace.past.baseline();
  const known = { board, usual, now, q: session.quantile };
  const report = reportOf({
    ...known,
    symptom: symptomOf(known),
    madeAt: workspace.now(),
    timeText: (at) => timeText.format(at),
  });
  const { svg, png } = await pictureOf(workspace);
  const isPage = format === 'html';
  const text = isPage ? toHtml(report, svg) : toMarkdown(report, await dataUrl(await png()));
  const type = isPage ? 'text/html' : 'text/markdown';
  saveFile(workspace, 'report', isPage ? 'html' : 'md', new Blob([text], { type }));
}

const dataUrl = (bytes: Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error('The picture could not be put into the report.'));
    reader.readAsDataURL(new Blob([bytes as BlobPart], { type: 'image/png' }));
  });
