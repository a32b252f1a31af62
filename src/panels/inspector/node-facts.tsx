/** One node: what it is, what is measured of it, what it talks to. */
import { lazy, Suspense } from 'react';
import { type Id, NODE_KINDS, type NodeKind } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { NodeFigures } from '../live/node-figures.tsx';
import { Origins } from '../live/origins.tsx';
import { CheckField, SelectField, TextField } from '../ui/field.tsx';
import { KindIcon } from '../ui/icon.tsx';
import { ListField } from '../ui/list-field.tsx';
import { Compared } from './compared.tsx';
import {
  editFields,
  instancesFault,
  LOCKED,
  linkFault,
  listOrNone,
  nameFault,
  PINNED,
  textFault,
  textOrNone,
} from './edit.ts';
import { GroupField } from './group-field.tsx';
import { MarkRow } from './mark-row.tsx';
import { Neighbours } from './neighbours.tsx';

type Props = { workspace: Workspace; id: Id };

const ConfigSection = lazy(() => import('../config/section.tsx').catch(() => ({ default: Unfetched })));
const Unfetched = (_: Props) => (
  <p className="fault" role="alert">
    The configuration could not be fetched from the server. Nothing is lost; load the page again.
  </p>
);

export function NodeFacts({ workspace, id }: Props) {
  const node = workspace.use((state) => state.board.nodes[id]);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  if (!node) return null;
  const edit = (fields: Parameters<typeof editFields<'nodes'>>[3]) =>
    editFields(workspace, 'nodes', [id], fields);
  return (
    <>
      <header className="subject">
        <KindIcon kind={node.kind} size={20} />
        <h2>{node.name || 'unnamed'}</h2>
        <span className="faint">{node.technology ?? node.kind}</span>
      </header>
      <Origins of={node.origins} most={12} />
      <MarkRow workspace={workspace} subject={{ type: 'node', id }} />
      <section>
        <h3>Figures</h3>
        <NodeFigures workspace={workspace} node={id} />
      </section>
      <Compared workspace={workspace} subject={{ type: 'node', id }} />
      <Neighbours workspace={workspace} node={id} />
      <Suspense fallback={null}>
        <ConfigSection workspace={workspace} id={id} />
      </Suspense>
      <fieldset disabled={readOnly}>
        <h3>Facts</h3>
        <TextField label="Name" value={node.name} faultOf={nameFault} onCommit={(name) => edit({ name })} />
        <div className="pair">
          <SelectField
            label="Kind"
            value={node.kind}
            options={NODE_KINDS}
            onChange={(kind: NodeKind) => edit({ kind })}
          />
          <TextField
            label="Instances"
            numeric
            value={node.instances === undefined ? '' : String(node.instances)}
            placeholder="not stated"
            faultOf={instancesFault}
            onCommit={(text) => edit({ instances: text === '' ? undefined : Number(text) })}
          />
        </div>
        <TextField
          label="Technology"
          value={node.technology ?? ''}
          placeholder="Go, PostgreSQL 17, …"
          faultOf={nameFault}
          onCommit={(text) => edit({ technology: textOrNone(text) })}
        />
        <TextField
          label="Description"
          lines
          value={node.description ?? ''}
          faultOf={textFault}
          onCommit={(text) => edit({ description: textOrNone(text) })}
        />
        <GroupField workspace={workspace} ids={[id]} value={node.group ?? ''} />
        <ListField
          label="Names in telemetry"
          item="telemetry name"
          values={node.match?.names ?? []}
          placeholder="cart-service, 10.0.3.7:8080, …"
          faultOf={nameFault}
          onCommit={(names) => edit({ match: names.length === 0 ? undefined : { names } })}
        />
        <ListField
          label="Links"
          item="link"
          values={node.links ?? []}
          placeholder="https://…"
          faultOf={linkFault}
          hrefOf={(link) => link}
          onCommit={(links) => edit({ links: listOrNone(links) })}
        />
        <CheckField
          label={LOCKED}
          checked={node.locked ?? false}
          onChange={(locked) => edit({ locked: locked || undefined })}
        />
        <CheckField
          label={PINNED}
          checked={node.pinned ?? false}
          onChange={(pinned) => edit({ pinned: pinned || undefined })}
        />
      </fieldset>
    </>
  );
}
