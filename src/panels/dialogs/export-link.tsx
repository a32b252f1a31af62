/** The board in a link: how long it is, what it tells whoever has it, and what of that may be left out. */
import { useMemo, useState } from 'react';
import { SAID, type Said, saidOf } from '../../graph/index.ts';
import type { Exporter } from '../../workspace/index.ts';
import { CheckField } from '../ui/field.tsx';
import type { PaneProps } from './export-pane.ts';

/** Chats and mail programs cut longer ones, characters. */
const OFTEN_CUT = 8000;

const WORDS: Record<Said, (count: number) => string> = {
  settings: (count) => `Settings (of ${plural(count, 'part')})`,
  figures: (count) => `Measured figures (${plural(count, 'snapshot')})`,
  suspicions: (count) => `Suspects, evidence and experiments (${count})`,
  addresses: (count) => `Source addresses, telemetry names and web links (${count})`,
};

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
const thousands = (count: number) => count.toLocaleString('en');

type Made = { ok: true; address: string } | { ok: false; reason: string };

function make(exporter: Exporter, left: readonly Said[]): Made {
  try {
    return { ok: true, address: exporter.link(left) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

export function LinkPane(props: PaneProps) {
  if (!props.exporter) return <section className="pane" aria-label="Link" aria-busy="true" />;
  return <LinkForm {...props} exporter={props.exporter} />;
}

function LinkForm({ workspace, exporter, leaving }: PaneProps & { exporter: Exporter }) {
  const [left, setLeft] = useState<readonly Said[]>([]);
  const board = workspace.use((state) => state.board);
  const said = useMemo(() => saidOf(board), [board]);
  const made = useMemo(() => board && make(exporter, left), [exporter, board, left]);
  const choices = SAID.filter((each) => said[each] > 0);
  return (
    <form
      className="pane"
      aria-label="Link"
      onSubmit={(event) => {
        event.preventDefault();
        leaving(() => made.ok && exporter.copy('a link', made.address));
      }}
    >
      <p>
        Opens as a board of its own in the Chalkline at <b>{window.location.host}</b>
        {isOwnMachine() && ', which is this machine: others can’t reach it'}. The board is in the link itself,
        behind the #, and is sent to no server.
      </p>
      {made.ok ? (
        <>
          <input
            type="text"
            className="number address"
            readOnly
            aria-label="The link"
            value={made.address}
            onFocus={(event) => event.target.select()}
          />
          <p className="size" role="status">
            <span className="number">{thousands(made.address.length)}</span> characters
            {made.address.length > OFTEN_CUT &&
              `. Some chats and mail programs cut links of over ${thousands(OFTEN_CUT)}, and a cut one does not open: leave something out, or send a PNG with the board in it.`}
          </p>
        </>
      ) : (
        <p className="fault" role="alert">
          {made.reason}
        </p>
      )}
      {choices.length > 0 && (
        <fieldset className="left-out">
          <legend>Leave out</legend>
          {choices.map((each) => (
            <CheckField
              key={each}
              label={WORDS[each](said[each])}
              checked={left.includes(each)}
              onChange={(out) => setLeft(out ? [...left, each] : left.filter((other) => other !== each))}
            />
          ))}
        </fieldset>
      )}
      <p className="leak">
        Whoever has the link can read all that is in it: the names and descriptions of parts, what calls what,
        notes and events
        {choices.some((each) => !left.includes(each)) && ', and all that is not left out above'}. It stays in
        the history of chats and browsers, and can’t be taken back.
      </p>
      <footer>
        <button type="submit" className="button primary" disabled={!made.ok} data-first>
          Copy link
        </button>
      </footer>
    </form>
  );
}

const isOwnMachine = () => /^(localhost|127\.|\[::1\])/.test(window.location.host);
