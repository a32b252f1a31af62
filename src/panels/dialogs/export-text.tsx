/** A text for another program: what it can't hold is said before it is written, of any board and of this one. */
import { useEffect, useState } from 'react';
import type { TextFormat } from '../../workspace/index.ts';
import type { PaneProps } from './export-pane.ts';

/** Characters of the text that are shown. */
const SHOWN = 6000;

type Written = { ok: true; text: string } | { ok: false; reason: string };

export function TextPane({ exporter, leaving, format }: PaneProps & { format: TextFormat }) {
  const { id, name, suffix, writes, loses } = format;
  const [written] = useState(() => write(exporter!, id));
  const lacks = useLacks(exporter!, id, written);
  const copy = () => leaving(() => written.ok && exporter!.copy(name, written.text));
  return (
    <section className="pane" aria-label={name}>
      <p>{writes}</p>
      {written.ok ? (
        <>
          <textarea
            className="number"
            readOnly
            aria-label={`${name}, the text`}
            value={written.text.length > SHOWN ? `${written.text.slice(0, SHOWN)}\n…` : written.text}
          />
          <p className="size">{sizeOf(written.text)}</p>
        </>
      ) : (
        <p className="fault" role="alert">
          {name} can’t hold this board: {written.reason}
        </p>
      )}
      <p className="leak" role="status">
        {lacksText(lacks, loses)}
      </p>
      <footer>
        <button
          type="button"
          className={suffix === undefined ? 'button primary' : 'button'}
          disabled={!written.ok}
          onClick={copy}
        >
          Copy {name}
        </button>
        {suffix !== undefined && (
          <button
            type="button"
            className="button primary"
            disabled={!written.ok}
            onClick={() => leaving(() => written.ok && exporter!.save(id, written.text))}
          >
            Export {name}
          </button>
        )}
      </footer>
    </section>
  );
}

function write(exporter: NonNullable<PaneProps['exporter']>, id: string): Written {
  try {
    return { ok: true, text: exporter.write(id) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Null while it is being told, and where it can't be. */
function useLacks(
  exporter: NonNullable<PaneProps['exporter']>,
  id: string,
  written: Written,
): readonly string[] | null {
  const [lacks, setLacks] = useState<readonly string[] | null>(null);
  useEffect(() => {
    let isLate = false;
    if (written.ok)
      exporter.lacks(id, written.text).then(
        (told) => isLate || setLacks(told),
        () => {},
      );
    return () => {
      isLate = true;
    };
  }, [exporter, id, written]);
  return lacks;
}

function lacksText(lacks: readonly string[] | null, loses: string | undefined): string {
  const usual = loses === undefined ? '' : `Of any board it leaves out ${loses}.`;
  if (lacks === null) return usual;
  if (lacks.length === 0) return 'Read back, nothing of this board is missing.';
  return `Not in it of this board: ${lacks.join(', ')}. ${usual}`;
}

function sizeOf(text: string): string {
  const bytes = new Blob([text]).size;
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const size = bytes < 1000 ? `${bytes} B` : `${Number((bytes / 1000).toPrecision(3))} kB`;
  return `${size}, ${lines === 1 ? '1 line' : `${lines.toLocaleString('en')} lines`}`;
}
