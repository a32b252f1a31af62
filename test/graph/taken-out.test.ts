/** What experiments leave of a system. */
import { describe, expect, it } from 'vitest';
import { type Action, type Board, emptyBoard, type SinglePart, takenOut } from '../../src/graph/index.ts';

/** web → api → db, api → queue → worker → db */
function board(part: SinglePart, action: Action): Board {
  const drawn = emptyBoard('b');
  for (const id of ['web', 'api', 'db', 'queue', 'worker'])
    drawn.nodes[id] = { id, name: id, kind: id === 'queue' ? 'queue' : 'service', position: [0, 0] };
  drawn.groups.g = { id: 'g', name: 'g' };
  drawn.nodes.worker!.group = 'g';
  for (const [source, target] of [
    ['web', 'api'],
    ['api', 'db'],
    ['api', 'queue'],
    ['queue', 'worker'],
    ['worker', 'db'],
  ] as const) {
    const id = `${source}-${target}`;
    drawn.edges[id] = { id, source, target, kind: 'call' };
  }
  drawn.experiments.x = { id: 'x', part, action, at: 0, since: 1 };
  return drawn;
}

const found = (part: SinglePart, action: Action) => {
  const { nodes, edges, unreached } = takenOut(board(part, action));
  return { nodes: [...nodes], edges: [...edges].sort(), unreached: [...unreached].sort() };
};

describe('what is taken out', () => {
  it('takes its traffic with it, and what is behind it alone is not reached', () => {
    expect(found({ type: 'node', id: 'queue' }, 'stopped')).toEqual({
      nodes: ['queue'],
      edges: ['api-queue', 'queue-worker'],
      unreached: ['worker'],
    });
    expect(found({ type: 'node', id: 'api' }, 'stubbed').unreached).toEqual(['db', 'queue', 'worker']);
    expect(found({ type: 'edge', id: 'api-db' }, 'stubbed')).toEqual({
      nodes: [],
      edges: ['api-db'],
      unreached: [],
    });
  });

  it('is gone round where it is bypassed', () => {
    expect(found({ type: 'node', id: 'api' }, 'bypassed')).toMatchObject({ nodes: ['api'], unreached: [] });
  });

  it('is every member of a group', () => {
    expect(found({ type: 'group', id: 'g' }, 'stopped').nodes).toEqual(['worker']);
  });

  it('is nothing that one sees where one instance or one setting is meant, or a part was put back', () => {
    const nothing = { nodes: [], edges: [], unreached: [] };
    expect(found({ type: 'instance', id: 'api', instance: 'api-1' }, 'stopped')).toEqual(nothing);
    expect(found({ type: 'config', id: 'api', key: 'k' }, 'restored')).toEqual(nothing);
    const back = board({ type: 'node', id: 'api' }, 'stopped');
    back.experiments.x = { ...back.experiments.x!, until: 2 };
    expect(takenOut(back).nodes.size).toBe(0);
  });
});
