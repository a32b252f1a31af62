/** One source: how it is, what it says of its figures, what it sees and nobody drew, and what can be changed about it. */
import type { EpochMs } from '../../graph/index.ts';
import type { SourceHealth, Workspace } from '../../workspace/index.ts';
import { CheckField } from '../ui/field.tsx';
import { Card } from './card.tsx';
import { PushTarget } from './push-target.tsx';
import { Queries } from './queries.tsx';
import { SourceSettings } from './source-settings.tsx';
import { Unbound } from './unbound.tsx';
import type { RealSource } from './validate.ts';

type Props = {
  workspace: Workspace;
  source: RealSource;
  health: SourceHealth | undefined;
  now: EpochMs;
};

export function SourceCard({ workspace, source, health, now }: Props) {
  const drawing = workspace.use((state) => state.session.drawing === source.id);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  return (
    <Card
      workspace={workspace}
      name={source.name}
      health={health}
      now={now}
      onRemove={() => workspace.services.disconnect(source.id)}
    >
      <Remarks remarks={health?.remarks ?? []} />
      {health && <Unbound workspace={workspace} source={source} health={health} />}
      <CheckField
        label="Draw what it sees as it comes"
        checked={drawing}
        disabled={readOnly}
        onChange={(on) => workspace.session({ drawing: on ? source.id : null })}
      />
      {source.type === 'pushed' && (
        <details open={!health?.lastAnswer || health.reason !== undefined}>
          <summary>Where spans are sent</summary>
          <PushTarget workspace={workspace} />
        </details>
      )}
      <details>
        <summary>Settings</summary>
        <SourceSettings key={source.id} workspace={workspace} source={source} />
      </details>
      {source.type === 'prometheus' && <Queries workspace={workspace} source={source} />}
    </Card>
  );
}

/** The first remark says what is read; the others matter to whoever doubts a figure. */
function Remarks({ remarks: [first, ...others] }: { remarks: readonly string[] }) {
  if (first === undefined) return null;
  return (
    <div className="remarks">
      <p>{first}</p>
      {others.length > 0 && (
        <details>
          <summary>
            {others.length} {others.length === 1 ? 'remark' : 'remarks'} on its figures
          </summary>
          <ul>
            {others.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
