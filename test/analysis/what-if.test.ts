/** What would be if: run through requests again, and by rates and times. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Prediction, whatIf } from '../../src/analysis/index.ts';
import {
  type Board,
  emptyBoard,
  type Metric,
  type Reading,
  type RequestSpan,
  type Snapshot,
  type Subject,
} from '../../src/graph/index.ts';

const node = (id: string): Subject => ({ type: 'node', id });
const edge = (id: string): Subject => ({ type: 'edge', id });
const SUBJECTS = [node('web'), edge('web-api'), node('api'), edge('web-db'), node('db')];
const [WEB, TO_API, API, TO_DB] = [0, 1, 2, 3];

function board(): Board {
  const drawn = emptyBoard('b');
  for (const id of ['web', 'api', 'db'])
    drawn.nodes[id] = { id, name: id, kind: 'service', position: [0, 0] };
  drawn.edges['web-api'] = { id: 'web-api', source: 'web', target: 'api', kind: 'call' };
  drawn.edges['web-db'] = { id: 'web-db', source: 'web', target: 'db', kind: 'query' };
  return drawn;
}

const snapshot = (change: Partial<Snapshot>): Snapshot => ({
  id: 's',
  name: 'now',
  at: 0,
  window: 1000,
  readings: [],
  ...change,
});
const traced = (spans: RequestSpan[]): Snapshot =>
  snapshot({ requests: { subjects: SUBJECTS, each: Array.from({ length: 5 }, () => spans) } });

function predicted(given: Snapshot, subject: Subject, left: number, symptom = node('web')): Prediction {
  const found = whatIf(board(), given, { subject, left }, symptom, 0.5);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

/** web: 10 ms, then api 30 ms on a wire of 10 ms, 10 ms, then the database 20 ms, 20 ms. */
const IN_A_ROW: RequestSpan[] = [
  [WEB, -1, 0, 100],
  [TO_API, 0, 10, 50],
  [API, 1, 15, 45],
  [TO_DB, 0, 60, 80],
];
/** Both called at once: the answer waits for the slower one. */
const SIDE_BY_SIDE: RequestSpan[] = [
  [WEB, -1, 0, 100],
  [TO_API, 0, 10, 90],
  [API, 1, 10, 90],
  [TO_DB, 0, 10, 70],
];

describe('requests run through again', () => {
  it('one after the other shrink by what is taken from the part', () => {
    expect(predicted(traced(IN_A_ROW), node('api'), 0.5)).toMatchObject({
      by: 'traces',
      before: 100,
      after: 85,
    });
    expect(predicted(traced(IN_A_ROW), node('web'), 0.5).after).toBe(80);
    // the call as a whole, wire and answering part
    expect(predicted(traced(IN_A_ROW), edge('web-api'), 0.5).after).toBe(80);
  });

  it('side by side go on waiting for the other', () => {
    expect(predicted(traced(SIDE_BY_SIDE), node('api'), 0.5).after).toBe(80);
    expect(predicted(traced(SIDE_BY_SIDE), edge('web-db'), 0).after).toBe(100);
  });

  it('without a part are without the call of it', () => {
    expect(predicted(traced(IN_A_ROW), node('api'), 0).after).toBe(60);
    expect(predicted(traced(IN_A_ROW), edge('web-db'), 0)).toMatchObject({ after: 80, requests: 5 });
  });

  it('tell of a call inside of them, too', () => {
    expect(predicted(traced(IN_A_ROW), node('api'), 0, edge('web-api')).after).toBe(0);
    expect(predicted(traced(IN_A_ROW), node('api'), 0.5, edge('web-api'))).toMatchObject({
      before: 40,
      after: 25,
    });
  });

  it('take as long as they took where nothing is changed, and never longer where something is faster', () => {
    // each span somewhere inside of one before it
    const request = fc
      .array(fc.tuple(fc.nat(4), fc.nat(), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 30 })
      .map((drawn) => {
        const spans: RequestSpan[] = [[WEB, -1, 0, 1000]];
        for (const [subject, above, a, b] of drawn) {
          const parent = above % spans.length;
          const [, , from, to] = spans[parent]!;
          const [x, y] = [a, b].sort((p, q) => p - q).map((at) => from + ((to - from) * at) / 1000);
          if (y! > x!) spans.push([subject, parent, x!, y!]);
        }
        return spans;
      });
    fc.assert(
      fc.property(
        request,
        fc.constantFrom(...SUBJECTS),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (spans, subject, left) => {
          if (!spans.some(([index]) => SUBJECTS[index] === subject)) return;
          expect(predicted(traced(spans), subject, 1).after).toBeCloseTo(1000, 6);
          const faster = predicted(traced(spans), subject, left).after;
          expect(faster).toBeLessThanOrEqual(1000 + 1e-6);
          expect(faster).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

const reading = (subject: Subject, metric: Metric, value: Reading['value']): Reading => ({
  ...{
    subject,
    metric,
    value,
    at: 0,
    window: 1000,
    instance: null,
    instances: null,
    side: null,
    samples: 1000,
  },
  provenance: { source: 's', label: 's', simulated: false },
});
const took = (ms: number): Reading['value'] => ({ type: 'samples', values: [ms] });
/** web takes 100 ms, calls api twice (20 ms each) and the database once (30 ms). */
const RATES = [
  reading(node('web'), 'latency', took(100)),
  reading(node('web'), 'rate', 10),
  reading(edge('web-api'), 'latency', took(20)),
  reading(edge('web-api'), 'rate', 20),
  reading(edge('web-db'), 'latency', took(30)),
  reading(edge('web-db'), 'rate', 10),
];

describe('rates and times', () => {
  it('take away what a part holds of a request, calls times time', () => {
    const found = predicted(snapshot({ readings: RATES }), edge('web-api'), 0.5);
    expect(found).toMatchObject({ by: 'queueing', before: 100, requests: null });
    expect(found.after).toBeCloseTo(80);
    expect(found.assumptions).toContain('one after the other');
    expect(predicted(snapshot({ readings: RATES }), node('web'), 0).after).toBeCloseTo(70);
    expect(predicted(snapshot({ readings: RATES }), node('db'), 0.5).after).toBeCloseTo(85);
  });

  it('count that a part with less to do lets wait less', () => {
    const busy = [...RATES, reading(node('api'), 'cpu', 0.8)];
    // M/M/1: 20 ms at 80 % are 4 ms of work; 2 ms of work at 40 % take 3.33 ms
    expect(predicted(snapshot({ readings: busy }), node('api'), 0.5).after).toBeCloseTo(
      100 - 2 * (20 - 2 / 0.6),
    );
  });

  it('say why they can’t tell', () => {
    const none = snapshot({});
    const asked = (given: Snapshot, subject: Subject, symptom: Subject) =>
      whatIf(board(), given, { subject, left: 0.5 }, symptom, 0.5);
    expect(asked(none, node('api'), node('web'))).toEqual({
      reason: 'the latency of the symptom is not known',
    });
    expect(asked(snapshot({ readings: RATES }), node('web'), edge('web-db'))).toEqual({
      reason: 'no request of the symptom comes to that part',
    });
    const uncounted = snapshot({ readings: RATES.filter(({ metric }) => metric !== 'rate') });
    expect(asked(uncounted, node('api'), node('web'))).toEqual({
      reason: 'how often a request comes to that part is not known',
    });
  });
});
