/** The frame of a source's card: what it is called, how it is, and the way to be rid of it. */
import { X } from 'lucide';
import type { ReactNode } from 'react';
import type { EpochMs } from '../../graph/index.ts';
import type { SourceHealth, Workspace } from '../../workspace/index.ts';
import { Icon } from '../ui/icon.tsx';
import { HealthLine } from './health.tsx';

type Props = {
  workspace: Workspace;
  name: string;
  health: SourceHealth | undefined;
  now: EpochMs;
  onRemove: () => void;
  children?: ReactNode;
};

export function Card({ workspace, name, health, now, onRemove, children }: Props) {
  const readOnly = workspace.use((state) => state.readOnly !== null);
  return (
    <section className="source-card" aria-label={name}>
      <header>
        <h3 className="cut">{name}</h3>
        <button
          type="button"
          className="icon-button small"
          aria-label={`Remove ${name}`}
          title="Remove the source and its figures"
          disabled={readOnly}
          onClick={onRemove}
        >
          <Icon of={X} size={14} />
        </button>
      </header>
      <HealthLine health={health} now={now} />
      {children}
    </section>
  );
}
