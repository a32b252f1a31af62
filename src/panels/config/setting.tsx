/** One setting: its value, what is found of it with the source of its default, and who set it and why. */
import { UserRoundPen, X } from 'lucide';
import { memo, useState } from 'react';
import type { KeyFinding } from '../../analysis/index.ts';
import { type ConfigNote, type Id, noteConfigKey, renameConfigKey, setConfig } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { nameFault, textFault } from '../inspector/edit.ts';
import { TextInput } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { SourceLink } from './source-link.tsx';
import { besideOf } from './words.ts';

type Props = {
  workspace: Workspace;
  id: Id;
  name: string;
  value: string;
  note: ConfigNote | undefined;
  finding: KeyFinding | undefined;
};

export const Setting = memo(function Setting({ workspace, id, name, value, note, finding }: Props) {
  const [noting, setNoting] = useState(false);
  const beside = finding && besideOf(finding);
  // of most settings of most systems nothing is known, and nothing is to be said
  const isKnown = finding !== undefined && !(finding.kind === 'unknown key' && finding.nearest === null);
  const change = (to: string | null) =>
    workspace.run(to === null ? 'remove setting' : 'edit setting', (board) => {
      const config = board.nodes[id]?.config;
      if (!config) return {};
      const { [name]: _, ...others } = config.values;
      const values = to === null ? others : { ...config.values, [name]: to };
      return setConfig(board, { id, config: { ...config, values } });
    });
  const takeNote = (part: ConfigNote) =>
    workspace.run('note setting', (board) =>
      noteConfigKey(board, { id, key: name, note: { ...note, ...part } }),
    );
  return (
    <li className="setting" data-tone={beside?.tone ?? 'quiet'} data-known={isKnown}>
      <div className="setting-main">
        <code title={isKnown ? name : `${name}: not in the catalogue`}>{name}</code>
        <TextInput value={value} label={name} faultOf={textFault} onCommit={change} />
        <button
          type="button"
          className="icon-button small"
          aria-label={`Note who set ${name} and why`}
          title="Who set it and why"
          aria-expanded={noting || note !== undefined}
          onClick={() => setNoting(!noting)}
        >
          <Icon of={UserRoundPen} size={14} />
        </button>
        <button
          type="button"
          className="icon-button small"
          aria-label={`Take ${name} off`}
          title={`Take ${name} off`}
          onClick={() => change(null)}
        >
          <Icon of={X} size={14} />
        </button>
      </div>
      {finding && beside && isKnown && (
        <p className="beside">
          <span className="chip">{beside.kind}</span> {beside.text}{' '}
          {finding.kind === 'unknown key' && finding.rename !== null && (
            <Rename workspace={workspace} id={id} from={name} to={finding.rename} />
          )}
          {'source' in finding && finding.kind !== 'redundant' && <SourceLink source={finding.source} />}
        </p>
      )}
      {(noting || note) && (
        <div className="who">
          <TextInput
            value={note?.owner ?? ''}
            label={`Owner of ${name}`}
            placeholder="Who knows"
            autoFocus={noting && !note}
            faultOf={nameFault}
            onCommit={(owner) => takeNote({ owner })}
          />
          <TextInput
            lines
            value={note?.reason ?? ''}
            label={`Reason for ${name}`}
            placeholder="Why, and what was measured before and after"
            faultOf={textFault}
            onCommit={(reason) => takeNote({ reason })}
          />
        </div>
      )}
    </li>
  );
});

const Rename = ({ workspace, id, from, to }: { workspace: Workspace; id: Id; from: string; to: string }) => (
  <button
    type="button"
    className="button small"
    onClick={() => workspace.run('rename setting', (board) => renameConfigKey(board, { id, from, to }))}
  >
    Rename to {to}
  </button>
);
