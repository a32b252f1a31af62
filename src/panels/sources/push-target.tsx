/** Where spans are sent so that Chalkline sees them: the address itself, and the settings of who sends. */
import { Check, Copy } from 'lucide';
import { useState } from 'react';
import type { Workspace } from '../../workspace/index.ts';
import { SelectField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';

const SENDERS = ['An OpenTelemetry SDK', 'An OpenTelemetry Collector'] as const;
type Sender = (typeof SENDERS)[number];

/** What OTLP/HTTP calls its way in for traces. */
const endpoint = (): string => `${location.origin}/v1/traces`;

const settings = (sender: Sender): string =>
  sender === 'An OpenTelemetry SDK'
    ? [
        `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${endpoint()}`,
        'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf',
        'OTEL_TRACES_EXPORTER=otlp',
      ].join('\n')
    : [
        'exporters:',
        '  otlphttp/chalkline:',
        `    traces_endpoint: ${endpoint()}`,
        'service:',
        '  pipelines:',
        '    traces/chalkline:',
        '      receivers: [otlp]',
        '      exporters: [otlphttp/chalkline]',
      ].join('\n');

export function PushTarget({ workspace }: { workspace: Workspace }) {
  const [sender, setSender] = useState<Sender>(SENDERS[0]);
  return (
    <div className="push-target">
      <Copyable workspace={workspace} label="Spans are sent to" text={endpoint()} />
      <SelectField label="By" value={sender} options={SENDERS} onChange={setSender} />
      <Copyable workspace={workspace} label="Its settings" text={settings(sender)} />
      <p className="aside">
        OTLP over HTTP, JSON or protobuf, gzip or not; no gRPC. Calls and messages between parts arrive, with
        the time they took, failures and instances. Figures are kept, spans are not.
      </p>
    </div>
  );
}

type CopyableProps = { workspace: Workspace; label: string; text: string };

function Copyable({ workspace, label, text }: CopyableProps) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () =>
        workspace.notify('Not copied: the browser keeps the clipboard. Select the text instead.', 'error'),
    );
  return (
    <div className="field">
      <div className="label-row">
        <span className="label">{label}</span>
        <button
          type="button"
          className="icon-button small"
          aria-label={`Copy: ${label.toLowerCase()}`}
          title={copied ? 'Copied' : 'Copy'}
          onClick={() => void copy()}
          onBlur={() => setCopied(false)}
        >
          <Icon of={copied ? Check : Copy} size={14} />
        </button>
      </div>
      <pre className="copyable">{text}</pre>
    </div>
  );
}
