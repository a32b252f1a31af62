/** A fault whose cause is known, as the product is asked about it, and how its answer is judged. */
import { type Board, rankSuspects, type Suspect, type SuspectsInput } from './product.ts';

export type Case = {
  label: string;
  /** What it counts under, besides all: `{ scenario: 'low_traffic', metric: 'latency' }`. */
  under: Readonly<Record<string, string>>;
  board: Board;
  /** Null where nothing at all was measured: it counts as not found. */
  input: SuspectsInput | null;
  /** The part that is at fault, by name. Nothing but the verdict may look at it. */
  cause: string;
};

export type Judged = Pick<Case, 'label' | 'under' | 'board'> & {
  suspects: readonly Suspect[];
  /** Place of the cause in the ranking, from 1; null where it isn't in it. */
  place: number | null;
  /** How many parts there are to choose from. */
  parts: number;
  /** The probability of each part, the likeliest first, and whether it was the cause. */
  beliefs: readonly { share: number; isCause: boolean }[];
};

export function judge({ label, under, board, input, cause }: Case): Judged {
  const suspects = input ? rankSuspects(board, input) : [];
  const parts = partsOf(board, suspects);
  const place = parts.findIndex(({ name }) => name === cause) + 1;
  return {
    ...{ label, under, board, suspects },
    place: place > 0 ? place : null,
    parts: Object.keys(board.nodes).length,
    beliefs: parts.map(({ name, share }) => ({ share, isCause: name === cause })),
  };
}

/**
 * Suspects as parts, each once, in their order: what one answers who is asked which part is the cause. An edge speaks
 * for the part it leads to, something that nobody drew for the part at which it is missing.
 */
function partsOf(board: Board, suspects: readonly Suspect[]): { name: string; share: number }[] {
  const shares = new Map<string, number>();
  for (const { subject, share } of suspects) {
    const id = subject.type === 'node' ? subject.id : board.edges[subject.id]!.target;
    shares.set(id, (shares.get(id) ?? 0) + share);
  }
  return [...shares].map(([id, share]) => ({ name: board.nodes[id]!.name, share }));
}
