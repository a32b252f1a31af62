/** Where settings come in: pasted or written text, or a file. What can't be read changes nothing, and says its line. */
import { type ChangeEvent, useId, useState } from 'react';
import { configOf } from '../../analysis/index.ts';
import { type BoardNode, sameSystem } from '../../graph/index.ts';
import type { ConfigRead, Workspace } from '../../workspace/index.ts';
import { Segmented } from '../ui/segmented.tsx';

type Taken = ReturnType<typeof configOf>;
type Props = { workspace: Workspace; node: BoardNode; onTake: (read: Taken, add: boolean) => void };

/** Told one by one; a wrong kind of file has one on every line. */
const LISTED = 5;

export function TakeIn({ workspace, node, onTake }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [file, setFile] = useState('');
  const [adds, setAdds] = useState<boolean | null>(null);
  const [read, setRead] = useState<ConfigRead | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const textId = useId();
  const { config, name, technology } = node;
  const isEmpty = !config || Object.keys(config.values).length === 0;
  const leave = () => {
    setOpen(false);
    setText('');
    setFile('');
    setRead(null);
    setFault(null);
    setAdds(null);
  };
  const take = (from: ConfigRead) => {
    const taken = configOf(from, technology);
    const add =
      adds ?? (config !== undefined && config.system !== '' && !sameSystem(config.system, taken.system));
    onTake(taken, add);
    leave();
    tell(workspace, name || 'unnamed', from);
  };
  const tryTo = async () => {
    try {
      const from = await workspace.services.readConfig(text, file);
      setFault(null);
      if (from.faults.length === 0) take(from);
      else setRead(from);
    } catch {
      setFault('The reader could not be fetched from the server. Nothing has changed; try again.');
    }
  };
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const chosen = target.files?.[0];
    if (!chosen) return;
    setFile(chosen.name);
    setText(await chosen.text());
    setRead(null);
  };
  if (!open)
    return (
      <button type="button" className="button small" onClick={() => setOpen(true)}>
        {isEmpty ? 'Paste or write settings' : 'Paste or add settings'}
      </button>
    );
  const rest = read ? Object.keys(read.values).length : 0;
  return (
    <div className="field take-in">
      <label htmlFor={textId}>Settings{file === '' ? '' : ` of ${file}`}</label>
      <textarea
        id={textId}
        rows={6}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: it was asked for by the button that it takes the place of
        autoFocus
        spellCheck={false}
        placeholder={'fetch.min.bytes=1048576\nA .properties, YAML, .env, nginx.conf, command line, …'}
        onChange={(event) => {
          setText(event.target.value);
          setRead(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void tryTo();
          if (event.key === 'Escape') {
            event.stopPropagation();
            leave();
          }
        }}
      />
      {!isEmpty && (
        <Segmented
          label="What is there"
          value={adds === null ? 'auto' : adds ? 'add' : 'replace'}
          options={[
            {
              value: 'auto',
              label: 'By system',
              title: 'In place of settings of the same system, beside those of others',
            },
            { value: 'replace', label: 'In place of all', title: 'What is not in the text goes' },
            { value: 'add', label: 'Added', title: 'What is not in the text stays' },
          ]}
          onChange={(how) => setAdds(how === 'auto' ? null : how === 'add')}
        />
      )}
      {fault !== null && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {read && <Faults faults={read.faults} />}
      <div className="buttons">
        <button
          type="button"
          className="button small primary"
          disabled={text.trim() === ''}
          onClick={() => void tryTo()}
        >
          Read
        </button>
        {read && rest > 0 && (
          <button type="button" className="button small" onClick={() => take(read)}>
            Take the other {rest}
          </button>
        )}
        <label className="button small file">
          Choose a file
          <input type="file" className="hidden" onChange={(event) => void choose(event)} />
        </label>
        <button type="button" className="button small" onClick={leave}>
          Cancel
        </button>
      </div>
    </div>
  );
}

const Faults = ({ faults }: Pick<ConfigRead, 'faults'>) => (
  <div className="fault" role="alert">
    <p>Nothing has changed:</p>
    <ul>
      {faults.slice(0, LISTED).map(({ line, reason }) => (
        <li key={`${line} ${reason}`}>
          line {line}: {reason}
        </li>
      ))}
    </ul>
    {faults.length > LISTED && <p>and {faults.length - LISTED} more</p>}
  </div>
);

/** What was taken and what was left out. */
function tell(workspace: Workspace, part: string, { values, leftOut }: ConfigRead): void {
  const count = Object.keys(values).length;
  const what = `${part}: ${count} ${count === 1 ? 'setting' : 'settings'} read`;
  const keys = leftOut.map(({ key }) => key);
  if (keys.length === 0) return workspace.notify(`${what}.`);
  const secrets = `${keys.length} ${keys.length === 1 ? 'secret' : 'secrets'} left out`;
  if (keys.length > 3) return workspace.notify(`${what}, ${secrets}.`, 'info', keys);
  workspace.notify(`${what}, ${secrets}: ${keys.join(', ')}.`);
}
