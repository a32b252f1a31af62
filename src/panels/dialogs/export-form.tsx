/** Every way out in one list, and beside it what the chosen one would hand over, before it does. */
import { type ReactNode, useEffect, useState } from 'react';
import type { Exporter, TextFormat, Workspace } from '../../workspace/index.ts';
import { rove } from '../ui/keys.ts';
import { BoardPane, ReportPane } from './export-board.tsx';
import { LinkPane } from './export-link.tsx';
import type { PaneProps } from './export-pane.ts';
import { PicturePane } from './export-picture.tsx';
import { TextPane } from './export-text.tsx';
import './export.css';

type Way = { id: string; name: string };

const PICTURES: readonly Way[] = [
  { id: 'png', name: 'PNG' },
  { id: 'svg', name: 'SVG' },
];
const BOARD: readonly Way[] = [
  { id: 'json', name: 'JSON' },
  { id: 'link', name: 'Link' },
];
const REPORTS: readonly Way[] = [
  { id: 'report-markdown', name: 'Report, Markdown' },
  { id: 'report-html', name: 'Report, HTML page' },
];

type Props = { workspace: Workspace; close: () => void };

export function ExportForm({ workspace, close }: Props) {
  const [way, setWay] = useState(() => (workspace.use.getState().session.dialog === 'link' ? 'link' : 'png'));
  const [exporter, setExporter] = useState<Exporter | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    workspace.services.exporter().then(setExporter, () => {
      setFault('The other formats could not be fetched from the server. Load the page again.');
    });
  }, [workspace]);
  const leaving = (work: () => void) => {
    close();
    work();
  };
  const formats = exporter?.formats ?? [];
  const props = { workspace, exporter, leaving };
  return (
    <div className="export">
      <div
        className="ways"
        role="radiogroup"
        aria-label="Format"
        onKeyDown={(event) => rove(event, 'button')?.click()}
      >
        <Ways head="Picture" ways={PICTURES} chosen={way} choose={setWay} />
        <Ways head="Board" ways={BOARD} chosen={way} choose={setWay} />
        <Ways head="Investigation" ways={REPORTS} chosen={way} choose={setWay} />
        <Ways head="For other programs" ways={formats} chosen={way} choose={setWay} />
        {fault !== null && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
      </div>
      {paneOf(way, formats, props)}
    </div>
  );
}

function paneOf(way: string, formats: readonly TextFormat[], props: PaneProps): ReactNode {
  if (way === 'png' || way === 'svg') return <PicturePane {...props} format={way} />;
  if (way === 'json') return <BoardPane {...props} />;
  if (way === 'link') return <LinkPane {...props} />;
  const format = formats.find(({ id }) => id === way);
  if (format) return <TextPane key={way} {...props} format={format} />;
  return <ReportPane {...props} format={way === 'report-html' ? 'html' : 'markdown'} />;
}

type WaysProps = { head: string; ways: readonly Way[]; chosen: string; choose: (id: string) => void };

function Ways({ head, ways, chosen, choose }: WaysProps) {
  return (
    <>
      <p className="head" aria-hidden="true">
        {head}
      </p>
      {ways.map(({ id, name }) => (
        // biome-ignore lint/a11y/useSemanticElements: a button shows its state without a hidden input
        <button
          key={id}
          type="button"
          role="radio"
          aria-checked={id === chosen}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => choose(id)}
        >
          {name}
        </button>
      ))}
    </>
  );
}
