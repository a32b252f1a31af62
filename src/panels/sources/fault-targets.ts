/** What the simulator's faults can strike, and how they are called. Pure. */
import { type Board, edgeName, formatDuration, type Id, type NodeKind, nodeName } from '../../graph/index.ts';
import type { SimulatorFault } from '../../workspace/index.ts';

export type FaultType = SimulatorFault['type'];

const PASSIVE: ReadonlySet<NodeKind> = new Set(['client', 'topic', 'queue']);
const CARRIERS: ReadonlySet<NodeKind> = new Set(['topic', 'queue', 'broker']);

/** What a fault of a type can strike: [id, name], by name. */
export function targetsOf(board: Pick<Board, 'nodes' | 'edges'>, type: FaultType): [Id, string][] {
  const consumers = new Set(
    Object.values(board.edges)
      .filter((edge) => edge.kind === 'consume' || CARRIERS.has(board.nodes[edge.source]?.kind ?? 'client'))
      .map((edge) => edge.target),
  );
  const targets: [Id, string][] =
    type === 'slow link'
      ? Object.keys(board.edges).map((id) => [id, edgeName(board, id)])
      : Object.values(board.nodes)
          .filter(({ id, kind }) =>
            type === 'slow consumer' ? consumers.has(id) || CARRIERS.has(kind) : !PASSIVE.has(kind),
          )
          .map((node) => [node.id, node.name || 'unnamed']);
  return targets.sort(([, a], [, b]) => a.localeCompare(b));
}

/** `slow link on cart → redis, by 250 ms`. */
export function faultText(board: Pick<Board, 'nodes' | 'edges'>, fault: SimulatorFault): string {
  const at = fault.type === 'slow link' ? edgeName(board, fault.edge) : nodeName(board, fault.node);
  return `${fault.type} on ${at}${'by' in fault ? `, by ${formatDuration(fault.by)}` : ''}`;
}
