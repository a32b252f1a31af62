/** What it costs to take a part out, as a person knows it: the next best to try is what tells most for its cost. */
import { partName } from '../../analysis/index.ts';
import { type BoardEdge, type BoardNode, type Part, partsOf, setFields } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { SelectField } from '../ui/field.tsx';

type Cost = NonNullable<(BoardNode | BoardEdge)['takeOut']>;

const USUAL: Cost = 1;
const CHOICES: readonly (readonly [cost: Cost, words: string])[] = [
  [0.5, 'half of what is usual'],
  [USUAL, 'what is usual'],
  [3, 'three times what is usual'],
  [10, 'ten times what is usual'],
  ['never', 'too much: it can’t be taken out'],
];

type Props = { workspace: Workspace; part: Part; onNever: () => void };

/** @param onNever called when it is said that one of them can't be taken out at all */
export function Costs({ workspace, part, onNever }: Props) {
  const board = workspace.use((state) => state.board);
  return partsOf(part).map((each) => {
    if (each.type !== 'node' && each.type !== 'edge') return null;
    const collection = each.type === 'node' ? 'nodes' : 'edges';
    const known = board[collection][each.id]?.takeOut ?? USUAL;
    const choices = CHOICES.some(([cost]) => cost === known)
      ? CHOICES
      : [...CHOICES, [known, `${known} × what is usual`] as const];
    return (
      <SelectField
        key={each.type + each.id}
        label={`To take ${partName(board, each)} out costs`}
        value={String(known)}
        options={choices.map(([cost, words]) => [String(cost), words] as const)}
        onChange={(text) => {
          const cost = choices.find(([choice]) => String(choice) === text)![0];
          const takeOut = cost === USUAL ? undefined : cost;
          workspace.run('say what taking it out costs', (now) =>
            setFields(now, { collection, ids: [each.id], fields: { takeOut } }),
          );
          if (cost === 'never') onNever();
        }}
      />
    );
  });
}
