/** Find and replace in names: what would change is listed before it does, and is one undo step. */
import { type FormEvent, useState } from 'react';
import { findReplacements, type Replacement, replaceNames } from '../../graph/index.ts';
import { actionById, isEnabled, type Workspace } from '../../workspace/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { CheckField, Labelled } from '../ui/field.tsx';
import './replace-dialog.css';

/** More are counted, not listed. */
const LISTED = 100;

const FAULTS = { empty: 'would have no name', 'too long': 'would be too long' } as const;

export function ReplaceDialog({ workspace }: { workspace: Workspace }) {
  const open = workspace.use((state) => state.session.dialog === 'replace');
  if (!open) return null;
  return <ReplaceForm workspace={workspace} />;
}

function ReplaceForm({ workspace }: { workspace: Workspace }) {
  const [find, setFind] = useState('');
  const [replace, setReplace] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const board = workspace.use((state) => state.board);
  const close = () => workspace.session({ dialog: null });
  const args = { find, replace, matchCase };
  const found = findReplacements(board, args);
  const changing = found.filter(({ fault, from, to }) => !fault && from !== to);
  const canReplace = changing.length > 0 && isEnabled(actionById('edit.replace'), workspace);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!canReplace) return;
    workspace.run('replace in names', (current) => replaceNames(current, args));
    close();
    workspace.notify(`${countText(changing.length)} changed. Ctrl+Z takes it back.`);
  };
  return (
    <Dialog title="Find and replace names" onClose={close}>
      <form className="replace" onSubmit={onSubmit}>
        <TextRow label="Find" value={find} onChange={setFind} first />
        <TextRow label="Replace with" value={replace} onChange={setReplace} />
        <CheckField label="Upper and lower case as typed" checked={matchCase} onChange={setMatchCase} />
        <p role="status" className="faint">
          {find === '' ? 'In the names of nodes and groups.' : `Found in ${countText(found.length)}.`}
        </p>
        <ul aria-label="What would change">
          {found.slice(0, LISTED).map((each) => (
            <Row key={`${each.collection} ${each.id}`} replacement={each} />
          ))}
          {found.length > LISTED && <li className="faint">and {found.length - LISTED} more</li>}
        </ul>
        <footer>
          <button type="submit" className="button primary" disabled={!canReplace}>
            {changing.length > 0 ? `Replace in ${countText(changing.length)}` : 'Replace'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

const countText = (count: number): string => (count === 1 ? '1 name' : `${count} names`);

type TextRowProps = { label: string; value: string; onChange: (value: string) => void; first?: boolean };

function TextRow({ label, value, onChange, first }: TextRowProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          type="text"
          value={value}
          maxLength={400}
          spellCheck={false}
          autoComplete="off"
          data-first={first}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

function Row({ replacement: { from, to, fault } }: { replacement: Replacement }) {
  return (
    <li>
      <span className="cut">{from}</span>
      <span className="faint">→</span>
      {fault ? <span className="fault">{FAULTS[fault]}</span> : <span className="cut">{to}</span>}
    </li>
  );
}
