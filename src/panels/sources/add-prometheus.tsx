/** Connecting a Prometheus. */
import { type FormEvent, useId, useState } from 'react';
import type { Workspace } from '../../workspace/index.ts';
import { Labelled, SelectField } from '../ui/field.tsx';
import { durations } from './source-card.tsx';
import { INTERVALS, prometheusSource, WINDOWS } from './validate.ts';

const DEFAULTS = { interval: 5000, window: 60_000 };

export function AddPrometheus({ workspace, first }: { workspace: Workspace; first: boolean }) {
  const [open, setOpen] = useState(first);
  const [url, setUrl] = useState('');
  const [times, setTimes] = useState(DEFAULTS);
  const [fault, setFault] = useState<string | null>(null);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const faultId = useId();
  if (!open)
    return (
      <button type="button" className="button" disabled={readOnly} onClick={() => setOpen(true)}>
        Connect another Prometheus
      </button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const checked = prometheusSource(workspace.newId(), url, times);
    setFault(checked.ok ? null : checked.fault);
    if (!checked.ok) return;
    workspace.services.connect(checked.value);
    setUrl('');
    setOpen(false);
  };
  return (
    <form className="source-card" onSubmit={submit} noValidate>
      <fieldset disabled={readOnly}>
        <h3>Connect Prometheus</h3>
        <Labelled label="URL">
          {(id) => (
            <input
              id={id}
              type="url"
              value={url}
              placeholder="http://localhost:9090"
              autoComplete="off"
              spellCheck={false}
              aria-invalid={fault !== null}
              aria-describedby={faultId}
              onChange={(event) => {
                setUrl(event.target.value);
                setFault(null);
              }}
            />
          )}
        </Labelled>
        <p
          id={faultId}
          className={fault === null ? 'aside' : 'fault'}
          role={fault === null ? undefined : 'alert'}
        >
          {fault ??
            'Asked straight from this browser. Reads the service graph of Tempo or the OpenTelemetry Collector.'}
        </p>
        <div className="pair">
          <SelectField
            label="Ask every"
            value={String(times.interval)}
            options={durations(INTERVALS)}
            onChange={(interval) => setTimes({ ...times, interval: Number(interval) })}
          />
          <SelectField
            label="Over the last"
            value={String(times.window)}
            options={durations(WINDOWS)}
            onChange={(window) => setTimes({ ...times, window: Number(window) })}
          />
        </div>
        <button type="submit" className="button primary">
          Connect
        </button>
      </fieldset>
    </form>
  );
}
