/** Several sources asked what was: what one can't say does not hide what another can. */
import { expect, it } from 'vitest';
import { happenedIn, historyOf, type Running } from '../../src/app/history.ts';
import type { Reading, SourceConfig, Stretch } from '../../src/graph/index.ts';
import type { Source } from '../../src/telemetry/index.ts';

const STRETCH: Stretch = { from: 1000, to: 3000, step: 1000, window: 1000 };
const { signal } = new AbortController();

const reading = (source: string, at: number): Reading => ({
  subject: { type: 'edge', id: 'e' },
  metric: 'rate',
  value: 1,
  at,
  window: 1000,
  instance: null,
  instances: null,
  side: null,
  samples: null,
  provenance: { source, label: source, simulated: false },
});

const source = (id: string, can: Partial<Source> = {}): Source => ({
  id,
  start() {},
  configure() {},
  stop() {},
  ...can,
});

const running = (...sources: Source[]): Running =>
  new Map(
    sources.map((each) => {
      const config: SourceConfig = { id: each.id, type: 'simulator', name: each.id.toUpperCase(), seed: 1 };
      return [each.id, { config, source: each }];
    }),
  );

it('every moment holds what all sources say of it; one without any is empty', async () => {
  const says = (id: string, ...times: number[]) =>
    source(id, {
      history: async () => ({
        ok: true,
        value: times.map((at) => ({ at, readings: [reading(id, at)] })),
      }),
    });
  const { frames, problems } = await historyOf(
    running(says('a', 1000, 2000), says('b', 2000)),
    STRETCH,
    signal,
  );
  expect(problems).toEqual([]);
  expect(frames.map(({ at, readings }) => [at, readings.map(({ provenance }) => provenance.source)])).toEqual(
    [
      [1000, ['a']],
      [2000, ['a', 'b']],
      [3000, []],
    ],
  );
});

it('who can’t say is named in a sentence, and hides nothing that others know', async () => {
  const { frames, problems } = await historyOf(
    running(
      source('a', {
        history: async () => ({ ok: true, value: [{ at: 1000, readings: [reading('a', 1000)] }] }),
      }),
      source('b'),
      source('c', { history: async () => ({ ok: false, reason: 'could not be reached' }) }),
      source('d', { history: () => Promise.reject(new Error('no such table')) }),
    ),
    STRETCH,
    signal,
  );
  expect(frames[0]!.readings).toHaveLength(1);
  expect(problems.toSorted()).toEqual([
    'B remembers nothing of the past.',
    'C could not be reached.',
    'D failed: no such table.',
  ]);
  expect((await historyOf(running(), STRETCH, signal)).problems).toEqual([
    'No source is connected that could remember the past.',
  ]);
});

it('events come from those sources that know any; where none does, that is said', async () => {
  const alert = { kind: 'alert', name: 'TooSlow', at: 1500 } as const;
  const knows = source('a', { events: async () => ({ ok: true, value: [alert] }) });
  expect(await happenedIn(running(knows, source('b')), 0, 3000, signal)).toEqual({
    events: [alert],
    problems: [],
  });
  const { problems } = await happenedIn(running(source('b')), 0, 3000, signal);
  expect(problems).toEqual(['None of the sources knows of alerts: a Prometheus does.']);
});
