/** A list of several things as one: who holds what; each act is for all of them. */
import {
  addItem,
  type Board,
  type BoardEdge,
  type BoardNode,
  describeOperation,
  type ItemList,
  type Patch,
  removeItem,
  renameItem,
} from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type Line, LinesField } from '../ui/lines-field.tsx';
import { sharedItems } from './common.ts';
import { linkFault, nameFault, textFault } from './edit.ts';

/** Lines shown; hundreds of edges have hundreds of operations, and nobody edits those as one. */
const LISTED = 24;

const FIELDS = {
  links: { item: 'link', placeholder: 'https://… to all', faultOf: linkFault },
  names: { item: 'telemetry name', placeholder: '', faultOf: nameFault },
  operations: { item: 'operation', placeholder: 'GET /cart, orders.created, … to all', faultOf: nameFault },
} as const;

type Props = {
  workspace: Workspace;
  list: ItemList;
  label: string;
  nodes?: readonly BoardNode[];
  edges?: readonly BoardEdge[];
};

export function SharedList({ workspace, list, label, nodes = [], edges = [] }: Props) {
  const { item, placeholder, faultOf } = FIELDS[list];
  const targets = { nodes: nodes.map(({ id }) => id), edges: edges.map(({ id }) => id) };
  const all = nodes.length + edges.length;
  const items = sharedItems([...nodes, ...edges], list);
  // a name in telemetry belongs to one part, or it is nobody's: it is taken off several, never given to them
  const canAdd = list !== 'names';
  if (!canAdd && items.length === 0) return null;
  const run = (verb: string, patch: (board: Board) => Patch) => workspace.run(`${verb} ${item}`, patch);
  const add = (name: string) => run('add', (board) => addItem(board, { ...targets, list, name }));
  const lines = items.slice(0, LISTED).map(({ name, count, description }): Line => {
    const line: Line = {
      key: name,
      text: name,
      held: { text: `${count} of ${all}`, title: `${count} of the ${all} hold it` },
      onRename: (to) => run('rename', (board) => renameItem(board, { ...targets, list, name, to })),
      onDrop: () => run('take off', (board) => removeItem(board, { ...targets, list, name })),
    };
    if (canAdd && count < all) line.onSpread = () => add(name);
    if (list === 'links') line.href = name;
    if (list === 'operations')
      line.description = {
        value: description ?? '',
        mixed: description === undefined,
        faultOf: textFault,
        onCommit: (text) =>
          run('describe', (board) =>
            describeOperation(board, { edges: targets.edges, name, description: text }),
          ),
      };
    return line;
  });
  return (
    <LinesField
      label={label}
      item={item}
      lines={lines}
      aside={items.length > LISTED ? `and ${items.length - LISTED} more: select fewer to see them` : null}
      placeholder={placeholder}
      faultOf={faultOf}
      {...(canAdd ? { onAdd: add } : {})}
    />
  );
}
