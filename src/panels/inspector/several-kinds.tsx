/** What not everything selected has, for those that have it. */
import {
  type BoardEdge,
  type BoardNode,
  EDGE_KINDS,
  type EdgeKind,
  NODE_KINDS,
  type NodeKind,
  type Note,
  setLocked,
} from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { CheckField } from '../ui/field.tsx';
import { common } from './common.ts';
import { editFields, instancesFault, LOCKED, nameFault, PINNED, textFault, textOrNone } from './edit.ts';
import { GroupField, MIXED } from './group-field.tsx';
import { operationsLabel } from './operations-field.tsx';
import { NoteMarkup } from './other-facts.tsx';
import { SharedKind, SharedText } from './shared-fields.tsx';
import { SharedList } from './shared-list.tsx';

export function SeveralNodes({ workspace, nodes }: { workspace: Workspace; nodes: readonly BoardNode[] }) {
  const ids = nodes.map(({ id }) => id);
  const edit = (fields: Parameters<typeof editFields<'nodes'>>[3]) =>
    editFields(workspace, 'nodes', ids, fields);
  return (
    <>
      <div className="pair">
        <SharedKind<NodeKind>
          kinds={NODE_KINDS}
          value={common(nodes, (node) => node.kind)}
          onChange={(kind) => edit({ kind })}
        />
        <SharedText
          label="Instances"
          numeric
          value={common(nodes, (node) => (node.instances === undefined ? '' : String(node.instances)))}
          placeholder="not stated"
          faultOf={instancesFault}
          onCommit={(text) => edit({ instances: text === '' ? undefined : Number(text) })}
        />
      </div>
      <SharedText
        label="Technology"
        value={common(nodes, (node) => node.technology ?? '')}
        placeholder="Go, PostgreSQL 17, …"
        faultOf={nameFault}
        onCommit={(text) => edit({ technology: textOrNone(text) })}
      />
      <GroupField
        workspace={workspace}
        ids={ids}
        value={common(nodes, (node) => node.group ?? '') ?? MIXED}
      />
      <SharedList workspace={workspace} list="names" label="Names in telemetry" nodes={nodes} />
    </>
  );
}

export function SeveralEdges({ workspace, edges }: { workspace: Workspace; edges: readonly BoardEdge[] }) {
  const ids = edges.map(({ id }) => id);
  const edit = (fields: Parameters<typeof editFields<'edges'>>[3]) =>
    editFields(workspace, 'edges', ids, fields);
  return (
    <>
      <div className="pair">
        <SharedKind<EdgeKind>
          kinds={EDGE_KINDS}
          value={common(edges, (edge) => edge.kind)}
          onChange={(kind) => edit({ kind })}
        />
        <SharedText
          label="Protocol"
          value={common(edges, (edge) => edge.protocol ?? '')}
          placeholder="HTTP, gRPC, AMQP, …"
          faultOf={nameFault}
          onCommit={(text) => edit({ protocol: textOrNone(text) })}
        />
      </div>
      <SharedList
        workspace={workspace}
        list="operations"
        label={operationsLabel(edges.map(({ kind }) => kind))}
        edges={edges}
      />
    </>
  );
}

export function SeveralNotes({ workspace, notes }: { workspace: Workspace; notes: readonly Note[] }) {
  const ids = notes.map(({ id }) => id);
  return (
    <>
      <SharedText
        label={notes.length === 1 ? 'Note' : 'Text of all notes'}
        lines
        value={common(notes, (note) => note.text)}
        clears={false}
        faultOf={textFault}
        onCommit={(text) => editFields(workspace, 'notes', ids, { text })}
      />
      <NoteMarkup />
    </>
  );
}

type HeldProps = { workspace: Workspace; nodes: readonly BoardNode[]; notes: readonly Note[] };

/** What holds still: nodes by pin and lock, notes by lock. */
export function SeveralHeld({ workspace, nodes, notes }: HeldProps) {
  const nodeIds = nodes.map(({ id }) => id);
  const ids = [...nodeIds, ...notes.map(({ id }) => id)];
  const locked = common([...nodes, ...notes], (record) => record.locked === true);
  const pinned = common(nodes, (node) => node.pinned === true);
  return (
    <>
      <CheckField
        label={LOCKED}
        checked={locked ?? false}
        mixed={locked === undefined}
        onChange={(to) =>
          workspace.run(to ? 'lock' : 'unlock', (board) => setLocked(board, { ids, locked: to }))
        }
      />
      {nodes.length > 0 && (
        <CheckField
          label={PINNED}
          checked={pinned ?? false}
          mixed={pinned === undefined}
          onChange={(to) => editFields(workspace, 'nodes', nodeIds, { pinned: to || undefined })}
        />
      )}
    </>
  );
}
