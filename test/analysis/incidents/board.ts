/** Random systems as people build them: clients, a way in, services that call others, what they keep data in, queues. */
import { type Board, edgeKindBetween, emptyBoard, type NodeKind } from '../../../src/graph/index.ts';
import type { Uniform } from '../chance.ts';

const LEAVES: readonly NodeKind[] = ['database', 'cache', 'database', 'storage', 'external', 'cache'];

/** A system of so many nodes; a node's id is its name. */
export function systemBoard(chance: Uniform, size: number): Board {
  const board = emptyBoard('incident', 'Incident');
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  let count = 0;
  const add = (kind: NodeKind, instances = 1): string => {
    const id = `${kind.replace(' ', '-')}-${++count}`;
    board.nodes[id] = { id, name: id, kind, position: [0, 0], ...(instances > 1 && { instances }) };
    return id;
  };
  const join = (source: string, target: string) => {
    const id = `${source}>${target}`;
    if (source === target || board.edges[id]) return;
    const kind = edgeKindBetween(board.nodes[source]!.kind, board.nodes[target]!.kind);
    board.edges[id] = { id, source, target, kind };
  };

  const client = add('client');
  const entry = add(chance() < 0.3 ? 'load balancer' : 'gateway', 2);
  join(client, entry);
  /** Those who call others; the later ones lie deeper. */
  const callers = [entry];
  while (count < size) {
    const roll = chance();
    // of the last few, so that ways become long as systems grow
    const near = callers.slice(-Math.max(3, Math.ceil(callers.length / 2)));
    const caller = pick(near);
    if (roll < 0.1 && count + 2 <= size) {
      const queue = add(chance() < 0.7 ? 'queue' : 'topic');
      join(caller, queue);
      const workers = 1 + Math.floor(chance() * 2);
      for (let i = 0; i < workers && count < size; i++) {
        const worker = add('worker', 1 + Math.floor(chance() * 3));
        join(queue, worker);
        callers.push(worker);
      }
    } else if (roll < 0.4) join(caller, add(pick(LEAVES)));
    else {
      const service = add(chance() < 0.08 ? 'function' : 'service', 1 + Math.floor(chance() * 4));
      join(caller, service);
      callers.push(service);
    }
  }
  const nodes = Object.values(board.nodes);
  const shared = Math.round(0.3 * size);
  for (let i = 0; i < shared; i++) {
    const caller = pick(callers);
    const from = nodes.findIndex(({ id }) => id === caller);
    const later = nodes
      .slice(from + 1)
      .filter(({ kind }) => kind !== 'worker' && kind !== 'queue' && kind !== 'topic');
    if (later.length > 0) join(nodes[from]!.id, pick(later).id);
  }
  return board;
}
