/** One edge: what travels on it, and how long that takes. */
import { EDGE_KINDS, type EdgeKind, type Id } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { EdgeFigures } from '../live/edge-figures.tsx';
import { Origins } from '../live/origins.tsx';
import { goTo } from '../names.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { ListField } from '../ui/list-field.tsx';
import { Compared } from './compared.tsx';
import { editFields, linkFault, listOrNone, nameFault, textFault, textOrNone } from './edit.ts';
import { MarkRow } from './mark-row.tsx';
import { OperationsField } from './operations-field.tsx';

export function EdgeFacts({ workspace, id }: { workspace: Workspace; id: Id }) {
  const edge = workspace.use((state) => state.board.edges[id]);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  if (!edge) return null;
  const edit = (fields: Parameters<typeof editFields<'edges'>>[3]) =>
    editFields(workspace, 'edges', [id], fields);
  return (
    <>
      <header className="subject">
        <h2>
          <End workspace={workspace} node={edge.source} /> <span className="faint">→</span>{' '}
          <End workspace={workspace} node={edge.target} />
        </h2>
        <span className="faint">{edge.protocol ?? edge.kind}</span>
      </header>
      <Origins of={edge.origins} most={12} />
      <MarkRow workspace={workspace} subject={{ type: 'edge', id }} />
      <section aria-label="Figures">
        <EdgeFigures workspace={workspace} edge={id} whole />
      </section>
      <Compared workspace={workspace} subject={{ type: 'edge', id }} />
      <fieldset disabled={readOnly}>
        <h3>Facts</h3>
        <div className="pair">
          <SelectField
            label="Kind"
            value={edge.kind}
            options={EDGE_KINDS}
            onChange={(kind: EdgeKind) => edit({ kind })}
          />
          <TextField
            label="Protocol"
            value={edge.protocol ?? ''}
            placeholder="HTTP, gRPC, AMQP, …"
            faultOf={nameFault}
            onCommit={(text) => edit({ protocol: textOrNone(text) })}
          />
        </div>
        <OperationsField workspace={workspace} edge={edge} />
        <TextField
          label="Description"
          lines
          value={edge.description ?? ''}
          faultOf={textFault}
          onCommit={(text) => edit({ description: textOrNone(text) })}
        />
        <ListField
          label="Links"
          item="link"
          values={edge.links ?? []}
          placeholder="https://…"
          faultOf={linkFault}
          hrefOf={(link) => link}
          onCommit={(links) => edit({ links: listOrNone(links) })}
        />
      </fieldset>
    </>
  );
}

function End({ workspace, node }: { workspace: Workspace; node: Id }) {
  const name = workspace.use((state) => state.board.nodes[node]?.name || 'unnamed');
  return (
    <button type="button" className="link" onClick={() => goTo(workspace, { type: 'node', id: node })}>
      {name}
    </button>
  );
}
