/** All that the audit finds on a board, in the order in which it can hurt. */
import type { Board, Id, Reading } from '../../graph/index.ts';
import { audit, type KeyFinding } from './audit.ts';
import { contradictions } from './contradictions.ts';
import type { NodeConfig } from './settings.ts';
import type { DefaultsFinding } from './words.ts';

export type Note = NonNullable<NodeConfig['reasons']>[string];

export type BoardFinding = {
  finding: DefaultsFinding;
  /** Who set it and why, where that is noted. */
  noted: Note | null;
  /** 0 to 100; what is noted weighs half, for its question is answered. */
  weight: number;
};

/** @param readings what is known now; what isn't measured is not concluded from */
export function auditBoard(
  board: Pick<Board, 'nodes' | 'edges'>,
  readings: readonly Reading[],
): BoardFinding[] {
  const found: BoardFinding[] = contradictions(board, readings).map((finding) => ({
    finding,
    noted: null,
    weight: weightOf(finding),
  }));
  for (const { id, config } of Object.values(board.nodes)) if (config) found.push(...auditOf(id, config));
  return found.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
}

const audited = new WeakMap<NodeConfig, { id: Id; found: readonly BoardFinding[] }>();

/** Configs are read anew only when they are changed. */
function auditOf(id: Id, config: NodeConfig): readonly BoardFinding[] {
  const before = audited.get(config);
  if (before?.id === id) return before.found;
  const found = audit({ type: 'node', id }, config).map((finding) => weighed(finding, config));
  audited.set(config, { id, found });
  return found;
}

function weighed(finding: KeyFinding, { reasons }: NodeConfig): BoardFinding {
  const note = reasons && Object.hasOwn(reasons, finding.name) ? reasons[finding.name]! : null;
  const noted = note?.owner || note?.reason ? note : null;
  return { finding, noted, weight: weightOf(finding) / (noted ? 2 : 1) };
}

/** How much a finding can hurt, 0 to 100; 0 is nothing to ask about. */
function weightOf(finding: DefaultsFinding): number {
  switch (finding.kind) {
    case 'slow polls':
    case 'too many connections':
      return 100;
    case 'outlived':
      return 90;
    // where nobody set anything it goes wrong for everyone, now and then
    case 'contradiction':
      return [finding.high, ...finding.low].some(({ isSet }) => isSet) ? 90 : 60;
    // what was meant to be set is not
    case 'unknown key':
      return finding.nearest === null ? 0 : 70;
    case 'unreadable':
      return 65;
    case 'deviates':
      return { hurting: 45, unclear: 25, other: 5 }[finding.towards] + distance(finding.ratio);
    case 'old default':
      return 40;
    case 'redundant':
    case 'unknown default':
      return 0;
  }
}

/** The nodes that a finding is of: where a click on it may lead. */
export const nodesOf = (finding: DefaultsFinding, { edges }: Pick<Board, 'edges'>): Id[] => {
  const { type, id } = finding.subject;
  const edge = edges[id];
  if (type === 'node') return [id];
  if (finding.kind === 'outlived') return [finding.caller, finding.callee];
  return edge ? [edge.source, edge.target] : [];
};

/** Doublings or halvings away from the default, up to 15. */
const distance = (ratio: number | null): number =>
  ratio === null ? 5 : Math.min(15, Math.abs(Math.log2(ratio)));
