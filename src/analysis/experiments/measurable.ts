/** Whether the symptom can still be measured while something is out. */
import type { Action, Board, SinglePart, Symptom } from '../../graph/index.ts';
import type { Ways } from './ways.ts';

type Parts = Pick<Board, 'nodes' | 'edges'>;

/** False where its own subject is gone, or where those who feel it would get errors instead of answers. */
export function isMeasurable(
  board: Parts,
  { subject }: Symptom,
  ways: Ways,
  part: SinglePart,
  action: Action,
): boolean {
  if (action === 'restored' || part.type === 'config') return true;
  if (part.type === 'instance') return true;
  const endsThere = action === 'stubbed' || action === 'stopped';
  if (part.type === subject.type && part.id === subject.id) return part.type === 'edge' && !endsThere;
  if (subject.type === 'edge') {
    const felt = board.edges[subject.id];
    if (part.type === 'node' && felt?.source === part.id) return false;
  }
  if (action !== 'stopped') return true;
  const at = part.type === 'edge' ? ways.edgeAt.get(part.id) : ways.nodeAt.get(part.id);
  const visits = at === undefined ? 0 : (part.type === 'edge' ? ways.visits.edges : ways.visits.nodes)[at]!;
  return visits < FEW_ERRORS;
}

/** Errors in so small a share of requests leave the others' figures what they are. */
const FEW_ERRORS = 0.02;
