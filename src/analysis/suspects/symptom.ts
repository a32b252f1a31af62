/** Where the trouble is felt, and what it was there when all was well: what a suspect is tried against. */
import { adjacencyOf, type Board, type Subject } from '../../graph/index.ts';
import type { Accounts } from './accounts.ts';
import { type Figures, zOf } from './figures.ts';
import type { Refutation } from './reason.ts';

/** @param symptom as a person says; without it, where requests come in and things changed most */
export function refutationAt(
  board: Pick<Board, 'nodes' | 'edges'>,
  accounts: Accounts,
  figures: Figures,
  symptom: Subject | undefined,
): Refutation {
  const { in: into } = adjacencyOf(board.edges);
  const isClient = (id: string) => !into.get(id)?.some(({ source }) => source !== id);
  const entries: Subject[] = symptom
    ? [symptom]
    : [
        ...Object.keys(board.nodes)
          .filter(isClient)
          .map((id): Subject => ({ type: 'node', id })),
        ...Object.values(board.edges)
          .filter(({ source }) => isClient(source))
          .map(({ id }): Subject => ({ type: 'edge', id })),
      ];
  let worst: (Refutation & { z: number }) | null = null;
  for (const subject of entries)
    for (const metric of ['latency', 'errors'] as const) {
      const isTime = metric === 'latency';
      const change = isTime ? timeAt(board, accounts, subject) : figures.change(subject, metric);
      if (!change) continue;
      const z = zOf(change);
      if (!worst || z > worst.z)
        worst = { symptom: subject, metric, before: change.before, now: change.now, z };
    }
  if (!worst) return { symptom: symptom ?? null, metric: 'latency', before: null, now: null };
  const { z: _, ...refutation } = worst;
  return refutation;
}

const timeAt = ({ edges }: Pick<Board, 'edges'>, accounts: Accounts, { type, id }: Subject) =>
  type === 'node' ? accounts.inclusive(id) : edges[id] ? accounts.call(edges[id]) : null;
