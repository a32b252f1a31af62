/** Where the trouble is felt, and what it was there when all was well: what a suspect is tried against. */
import {
  adjacencyOf,
  type Board,
  isCarrier,
  type Metric,
  type Subject,
  subjectKey,
} from '../../graph/index.ts';
import type { Accounts } from './accounts.ts';
import { type Figures, zOf } from './figures.ts';
import type { Stat } from './levels.ts';
import { strength } from './nats.ts';
import type { Refutation } from './reason.ts';

type Felt<M extends Metric = 'latency' | 'errors'> = {
  metric: M;
  subject: Subject;
  before: number;
  now: number;
  stat: Stat;
  nats: number;
};

export type Symptom = {
  refutation: Refutation;
  /** How much it is about time, and about failures: the one that is felt most counts 1. */
  relevance: { time: number; errors: number };
};

/** What is felt hardly at all still counts so much: a symptom may have another side that nobody measures. */
const LEAST = 0.4;
/** A change of so many nats is felt for certain. */
const CERTAIN = 4;

/** @param symptom as a person says; without it, wherever requests come in, or else where messages pile up */
export function symptomOf(
  board: Pick<Board, 'nodes' | 'edges'>,
  accounts: Accounts,
  figures: Figures,
  symptom: Subject | undefined,
): Symptom {
  const felt = (symptom ? [symptom] : entriesOf(board)).flatMap((subject): Felt[] => {
    const { type, id } = subject;
    const edge = type === 'edge' ? board.edges[id] : undefined;
    const time = type === 'node' ? accounts.inclusive(id) : edge ? accounts.call(edge) : null;
    const errors = figures.change(subject, 'errors');
    const failed = errors && (errors.now - errors.before) / Math.hypot(errors.spread, 0.005);
    return [
      ...(time ? [{ ...time, metric: 'latency' as const, subject, nats: upwards(zOf(time)) }] : []),
      ...(errors ? [{ ...errors, metric: 'errors' as const, subject, nats: upwards(failed ?? 0) }] : []),
    ];
  });
  const most = (metric?: Felt['metric']) =>
    worstOf(felt.filter((each) => metric === undefined || each.metric === metric));
  const first = most();
  const certainty = first?.nats ?? 0;
  const piling = certainty >= CERTAIN ? null : worstOf(pilingUp(board, figures, symptom));
  const worst = piling && piling.nats > certainty ? piling : first;
  const share = (metric: Felt['metric']) => {
    const other = metric === 'latency' ? 'errors' : 'latency';
    const [mine, theirs] = [most(metric)?.nats ?? 0, most(other)?.nats ?? 0];
    const sure = Math.min(1, theirs / CERTAIN);
    return 1 - (1 - LEAST) * sure * Math.max(0, 1 - mine / Math.max(theirs, 1e-9));
  };
  return {
    refutation: worst
      ? {
          ...{ symptom: worst.subject, metric: worst.metric },
          ...{ before: worst.before, now: worst.now, stat: worst.stat },
        }
      : { symptom: symptom ?? null, metric: 'latency', before: null, now: null, stat: null },
    relevance: { time: share('latency'), errors: share('errors') },
  };
}

const worstOf = <M extends Metric>(felt: readonly Felt<M>[]): Felt<M> | null =>
  felt.reduce<Felt<M> | null>((a, b) => (a && a.nats >= b.nats ? a : b), null);

/** What nobody waits for is felt where it lies: of each queue, or the one asked for, the first figure that is known. */
function pilingUp({ nodes }: Pick<Board, 'nodes'>, figures: Figures, asked?: Subject): Felt<Metric>[] {
  return Object.values(nodes).flatMap(({ id, kind }) => {
    const subject: Subject = { type: 'node', id };
    if (!isCarrier(kind) || (asked && subjectKey(asked) !== subjectKey(subject))) return [];
    for (const metric of PILES) {
      const change = figures.changeOfAny(subject, metric);
      if (change) return [{ ...change, metric, subject, nats: upwards(zOf(change)) }];
    }
    return [];
  });
}
/** What tells that messages pile up, the most telling first. */
export const PILES = ['queue wait', 'lag time', 'queue depth'] as const;

const upwards = (z: number): number => (z > 0 ? strength(z) : 0);

/** Parts that nobody calls, and the edges out of them: what clients see. */
function entriesOf({ nodes, edges }: Pick<Board, 'nodes' | 'edges'>): Subject[] {
  const { in: into } = adjacencyOf(edges);
  const isCalled = (id: string) => into.get(id)?.some(({ source }) => source !== id) ?? false;
  return [
    ...Object.keys(nodes).flatMap((id): Subject[] => (isCalled(id) ? [] : [{ type: 'node', id }])),
    ...Object.values(edges).flatMap(({ id, source }): Subject[] =>
      isCalled(source) ? [] : [{ type: 'edge', id }],
    ),
  ];
}
