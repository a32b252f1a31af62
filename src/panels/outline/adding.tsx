/** A node or an edge written into the table instead of drawn. */
import { type FormEvent, useId, useState } from 'react';
import { type Id, NODE_KINDS, type NodeKind } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';

export function AddNode({ onAdd }: { onAdd: (name: string, kind: NodeKind) => void }) {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<NodeKind>('service');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    onAdd(name.trim(), kind);
    setName('');
  };
  return (
    <form className="adding" aria-label="Add a node" onSubmit={submit}>
      <input
        type="text"
        aria-label="Name of the new node"
        placeholder="New node"
        value={name}
        maxLength={400}
        onChange={(event) => setName(event.target.value)}
      />
      <select
        aria-label="Kind of the new node"
        value={kind}
        onChange={(event) => setKind(event.target.value as NodeKind)}
      >
        {NODE_KINDS.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      <button type="submit" className="button">
        Add
      </button>
    </form>
  );
}

type AddEdgeProps = { workspace: Workspace; onAdd: (source: Id, target: Id) => void };

/** Its kind follows from its ends; it can be changed in the table. */
export function AddEdge({ workspace, onAdd }: AddEdgeProps) {
  const nodes = workspace.use((state) => state.board.nodes);
  const [ends, setEnds] = useState({ source: '', target: '' });
  const [fault, setFault] = useState<string | null>(null);
  const listId = useId();
  const faultId = useId();
  const named = (text: string) => {
    const wanted = text.trim().toLowerCase();
    return Object.values(nodes).find(({ name }) => name.toLowerCase() === wanted)?.id;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [source, target] = [named(ends.source), named(ends.target)];
    const missing = source === undefined ? ends.source : target === undefined ? ends.target : null;
    if (missing !== null) setFault(`No node is called “${missing}”.`);
    else if (source === target) setFault('An edge runs between two nodes.');
    else {
      setFault(null);
      onAdd(source!, target!);
      setEnds({ source: '', target: '' });
    }
  };
  const end = (which: 'source' | 'target', placeholder: string) => (
    <input
      type="text"
      list={listId}
      aria-label={which === 'source' ? 'Source of the new edge' : 'Target of the new edge'}
      aria-describedby={fault === null ? undefined : faultId}
      placeholder={placeholder}
      value={ends[which]}
      onChange={(event) => setEnds({ ...ends, [which]: event.target.value })}
    />
  );
  return (
    <form className="adding" aria-label="Add an edge" onSubmit={submit}>
      {end('source', 'From')}
      {end('target', 'To')}
      <button type="submit" className="button">
        Add
      </button>
      <datalist id={listId}>
        {[...new Set(Object.values(nodes).map(({ name }) => name))].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {fault !== null && (
        <p className="fault" id={faultId} role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}
