/** `audit`: what in the configs of a board departs from what their makers ship, or does not go together. */
import { audit, contradictions, floorSentence, latencyFloor, sentenceOf } from '../../analysis/index.ts';
import type { Board, Reading, Subject } from '../../graph/index.ts';
import { type Args, type Command, JSON_OUT } from '../command.ts';
import { load } from '../load.ts';

export const AUDIT: Command = {
  name: 'audit',
  summary: 'Hold the configs on a board against the defaults of their makers',
  operands: 'BOARD',
  takes: [1, 1],
  about: [
    'Says of every setting that is known how it departs from its default and which way that hurts, which settings contradict each other, on one part or at the two ends of an edge, and what latency comes of configuration alone. A departure is not a fault; it is a question. BOARD may also be any file, folder or zip that import reads: manifests bring their configs along.',
    'Settings that equal their default are left out unless --all is given.',
  ],
  options: {
    all: { says: 'Also list settings that equal their default, and keys that are not known.' },
    json: JSON_OUT,
  },
  examples: [{ run: 'chalkline audit architecture.json', says: 'What to ask about first.' }],
  run: auditBoard,
};

async function auditBoard({ given: [path], has }: Args): Promise<number> {
  const { board, readings } = await load([path!], { partial: true });
  const found = findingsOf(board, [...readings, ...readingsIn(board)]).filter(
    ({ kind }) => has('all') || !QUIET.has(kind),
  );
  if (has('json')) {
    console.log(JSON.stringify(found, null, 2));
    return 0;
  }
  for (const { of, sentence } of found) console.log(`${of}: ${sentence}`);
  if (found.length === 0) console.log('Nothing to ask: no config on this board departs from its defaults.');
  return 0;
}

const QUIET: ReadonlySet<string> = new Set(['redundant', 'unknown key', 'unknown default']);

const readingsIn = ({ snapshots }: Board): Reading[] =>
  Object.values(snapshots).flatMap(({ imported, readings }) => (imported ? readings : []));

function findingsOf(board: Board, readings: readonly Reading[]) {
  const { nodes, edges } = board;
  const nameOf = (id: string) => nodes[id]?.name ?? id;
  const subjectName = ({ type, id }: Subject) => {
    const edge = type === 'edge' ? edges[id] : undefined;
    return edge ? `${nameOf(edge.source)} → ${nameOf(edge.target)}` : nameOf(id);
  };
  const audited = Object.values(nodes).flatMap(({ id, config }) =>
    config ? audit({ type: 'node', id }, config) : [],
  );
  const findings = [...audited, ...contradictions(board, readings)].map((finding) => {
    return {
      of: subjectName(finding.subject),
      kind: finding.kind,
      sentence: sentenceOf(finding, nameOf),
      finding,
    };
  });
  const floors = Object.values(edges).flatMap((edge) => {
    const floor = latencyFloor(board, edge, readings);
    const subject: Subject = { type: 'edge', id: edge.id };
    return floor
      ? [{ of: subjectName(subject), kind: 'floor', sentence: floorSentence(floor), finding: floor }]
      : [];
  });
  return [...findings, ...floors];
}
