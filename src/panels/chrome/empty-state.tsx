/** An empty board: three ways in, side by side. They make way for a tool in hand and for a sketch being typed. */
import { Activity, FileInput, type IconNode, PencilRuler } from 'lucide';
import type { ReactNode } from 'react';
import { runAction, type Workspace } from '../../workspace/index.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Icon } from '../ui/icon.tsx';
import './empty-state.css';

export function EmptyState({ workspace }: { workspace: Workspace }) {
  const connect = () => workspace.session({ panel: { open: true, tab: 'sources' } });
  const drawing = workspace.use(
    ({ session }) => session.tool.type === 'node' || session.tool.type === 'note',
  );
  const sketching = workspace.use(({ session }) => session.ghost !== null);
  return (
    <section
      className="panels empty-state"
      aria-label="Ways to begin"
      data-drawing={drawing}
      hidden={sketching}
    >
      <div className="ways">
        <Way icon={PencilRuler} title="Draw it">
          <p>
            Press <kbd>S</kbd> and click to place a service. Drag from its side to what it calls.
          </p>
          <ActionButton workspace={workspace} id="tool.service">
            Place a service
          </ActionButton>
        </Way>
        <Way icon={FileInput} title="Drop or paste it">
          <p>
            Traces, access logs, compose files and manifests, diagrams (Mermaid, draw.io and others), tables;
            folders and zips of them; a board, or a picture that was exported from one.
          </p>
          <ActionButton workspace={workspace} id="file.open">
            Open a file
          </ActionButton>
        </Way>
        <Way icon={Activity} title="Connect a source">
          <p>
            Prometheus, Jaeger, Zipkin, or spans sent to Chalkline: the system draws itself, with live latency
            on every edge.
          </p>
          <button
            type="button"
            className="button"
            disabled={workspace.use((s) => s.readOnly !== null)}
            onClick={connect}
          >
            Connect a source
          </button>
        </Way>
      </div>
      <p className="demo">
        Or look at{' '}
        <button type="button" className="link" onClick={() => runAction(workspace, 'file.demo')}>
          the demo system
        </button>
        , already running, with simulated figures.
      </p>
    </section>
  );
}

function Way({ icon, title, children }: { icon: IconNode; title: string; children: ReactNode }) {
  return (
    <article className="island">
      <Icon of={icon} size={20} />
      <h2>{title}</h2>
      {children}
    </article>
  );
}
