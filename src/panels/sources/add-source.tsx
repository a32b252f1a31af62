/** Connecting a source: what it is, then where it is. Whether it answers is seen by connecting. */
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { Forward, Workspace } from '../../workspace/index.ts';
import { Labelled, SelectField } from '../ui/field.tsx';
import { PushTarget } from './push-target.tsx';
import { Times } from './times.tsx';
import { type Draft, type SourceType, sourceOf, USUAL_TIMES, USUAL_URLS } from './validate.ts';

const TYPES: readonly (readonly [SourceType, string])[] = [
  ['prometheus', 'Prometheus, or what speaks its API'],
  ['jaeger', 'Jaeger'],
  ['zipkin', 'Zipkin'],
  ['pushed', 'Spans sent to Chalkline (OTLP)'],
];

const READS: Record<Exclude<SourceType, 'pushed'>, string> = {
  prometheus:
    'Thanos, Mimir, Cortex and VictoriaMetrics too. Reads service graphs (Tempo, OpenTelemetry), Istio, Linkerd and OpenTelemetry metrics, whichever are there.',
  jaeger: 'Reads its latest traces: a sample of the traffic, and said to be one.',
  zipkin: 'Reads its latest traces: a sample of the traffic, and said to be one.',
};

const draftOf = (type: SourceType): Draft => ({
  ...{ type, url: '', forward: null, service: '' },
  ...USUAL_TIMES[type],
});

/** The option of asking from the page itself; no back end can be called so. */
const HERE = '.';

type Props = { workspace: Workspace; first: boolean };

export function AddSource({ workspace, first }: Props) {
  const [open, setOpen] = useState(first);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  if (open) return <Form workspace={workspace} readOnly={readOnly} onDone={() => setOpen(false)} />;
  return (
    <button type="button" className="button" disabled={readOnly} onClick={() => setOpen(true)}>
      Connect {first ? 'a' : 'another'} source
    </button>
  );
}

type FormProps = { workspace: Workspace; readOnly: boolean; onDone: () => void };

function Form({ workspace, readOnly, onDone }: FormProps) {
  const [draft, setDraft] = useState(() => draftOf('prometheus'));
  const [fault, setFault] = useState<string | null>(null);
  const forwards = useForwards(workspace).filter(({ type }) => type === draft.type);
  const change = (fields: Partial<Draft>) => {
    setDraft({ ...draft, ...fields });
    setFault(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const checked = sourceOf(workspace.newId(), draft);
    setFault(checked.ok ? null : checked.fault);
    if (!checked.ok) return;
    workspace.services.connect(checked.value);
    onDone();
  };
  return (
    <form className="source-card" onSubmit={submit} noValidate>
      <fieldset disabled={readOnly}>
        <h3>Connect a source</h3>
        <SelectField
          label="What it is"
          value={draft.type}
          options={TYPES}
          onChange={(type) => {
            setDraft({ ...draftOf(type), url: draft.url });
            setFault(null);
          }}
        />
        {draft.type === 'pushed' ? (
          <PushTarget workspace={workspace} />
        ) : (
          <>
            {forwards.length > 0 && (
              <SelectField
                label="Who asks it"
                value={draft.forward ?? HERE}
                options={[
                  [HERE, 'this page, at a URL'],
                  ...forwards.map(({ name }) => [name, `Chalkline’s server: ${name}`] as const),
                ]}
                onChange={(name) => change({ forward: name === HERE ? null : name })}
              />
            )}
            <UrlField draft={draft} fault={fault} onChange={change} />
            {draft.type !== 'prometheus' && (
              <Labelled label="Only traces of this service (all when empty)">
                {(id) => (
                  <input
                    id={id}
                    type="text"
                    value={draft.service}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => change({ service: event.target.value })}
                  />
                )}
              </Labelled>
            )}
          </>
        )}
        <Times interval={draft.interval} window={draft.window} onChange={change} />
        <button type="submit" className="button primary">
          Connect
        </button>
      </fieldset>
    </form>
  );
}

type UrlProps = { draft: Draft; fault: string | null; onChange: (fields: Partial<Draft>) => void };

function UrlField({ draft, fault, onChange }: UrlProps) {
  const faultId = useId();
  if (draft.type === 'pushed') return null;
  const reads = READS[draft.type];
  const usual = USUAL_URLS[draft.type];
  const note =
    fault === null ? (
      <p id={faultId} className="aside">
        {draft.forward === null ? `Asked straight from this browser. ${reads}` : reads}
      </p>
    ) : (
      <p id={faultId} className="fault" role="alert">
        {fault}
      </p>
    );
  if (draft.forward !== null) return note;
  return (
    <>
      <Labelled label="URL">
        {(id) => (
          <input
            id={id}
            type="url"
            value={draft.url}
            placeholder={usual}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={fault !== null}
            aria-describedby={faultId}
            onChange={(event) => onChange({ url: event.target.value })}
          />
        )}
      </Labelled>
      {note}
    </>
  );
}

/** Asked for each time the form is opened: none until the server has answered, or where there is none. */
function useForwards(workspace: Workspace): readonly Forward[] {
  const [forwards, setForwards] = useState<readonly Forward[]>([]);
  useEffect(() => {
    let gone = false;
    void workspace.services.forwards().then((all) => {
      if (!gone) setForwards(all);
    });
    return () => {
      gone = true;
    };
  }, [workspace]);
  return forwards;
}
