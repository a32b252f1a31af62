/** Every API call or topic that one edge carries: named, described, in the order that a person gives them. */
import type { BoardEdge } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type Line, LinesField } from '../ui/lines-field.tsx';
import { editFields, listOrNone, nameFault, textFault } from './edit.ts';

type Props = { workspace: Workspace; edge: BoardEdge };

/** Traffic through a queue or topic is told by its messages, all other by its calls. */
export const operationsLabel = (kinds: readonly BoardEdge['kind'][]): string =>
  kinds.every((kind) => kind === 'publish' || kind === 'consume') ? 'Topics and messages' : 'Operations';

export function OperationsField({ workspace, edge }: Props) {
  const operations = edge.operations ?? [];
  const write = (next: typeof operations) =>
    editFields(workspace, 'edges', [edge.id], { operations: listOrNone(next) });
  const lines = operations.map((operation, at): Line => {
    const { name, description = '' } = operation;
    return {
      key: `${at} ${name}`,
      text: name,
      onRename: (to) => write(operations.with(at, { ...operation, name: to })),
      onDrop: () => write(operations.toSpliced(at, 1)),
      onMove: (by) => write(operations.toSpliced(at, 1).toSpliced(at + by, 0, operation)),
      description: {
        value: description,
        faultOf: textFault,
        onCommit: (text) => write(operations.with(at, text === '' ? { name } : { name, description: text })),
      },
    };
  });
  return (
    <LinesField
      label={operationsLabel([edge.kind])}
      item="operation"
      lines={lines}
      placeholder="GET /cart, orders.created, …"
      faultOf={nameFault}
      onAdd={(name) => write([...operations, { name }])}
    />
  );
}
