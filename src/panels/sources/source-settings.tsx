/** What can be changed about a source once it is connected; each change is one undo step and asks anew. */
import type { Workspace } from '../../workspace/index.ts';
import { TextField } from '../ui/field.tsx';
import { Times } from './times.tsx';
import { checkUrl, type RealSource, sourceOf } from './validate.ts';

type Props = { workspace: Workspace; source: RealSource };

export function SourceSettings({ workspace, source }: Props) {
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const change = (to: RealSource) => workspace.services.connect(to);
  return (
    <fieldset disabled={readOnly}>
      {source.type !== 'pushed' && <Address source={source} onChange={change} />}
      {source.type !== 'pushed' && source.type !== 'prometheus' && (
        <TextField
          label="Only traces of this service (all when empty)"
          value={source.service ?? ''}
          onCommit={(text) => {
            const { service: _, ...rest } = source;
            change(text === '' ? rest : { ...rest, service: text });
          }}
        />
      )}
      <Times
        interval={source.interval}
        window={source.window}
        onChange={(times) => change({ ...source, ...times })}
      />
    </fieldset>
  );
}

type AddressProps = { source: Exclude<RealSource, { type: 'pushed' }>; onChange: (to: RealSource) => void };

function Address({ source, onChange }: AddressProps) {
  const forward = /^forward:(.*)$/.exec(source.url)?.[1];
  if (forward !== undefined) return <p className="aside">Asked by Chalkline’s server, as {forward}.</p>;
  return (
    <TextField
      label="URL"
      value={source.url}
      faultOf={(text) => {
        const checked = checkUrl(text, source.type);
        return checked.ok ? null : checked.fault;
      }}
      onCommit={(url) => {
        const { type, interval, window } = source;
        const moved = sourceOf(source.id, { type, url, forward: null, service: '', interval, window });
        if (moved.ok && 'url' in moved.value)
          onChange({ ...source, name: moved.value.name, url: moved.value.url });
      }}
    />
  );
}
