/** The board as of another time, on a workspace without a page: what everybody who asks it is told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBoard, type Frame, type Reading, type Stretch } from '../../src/graph/index.ts';
import {
  followPast,
  type History,
  runAction,
  type Services,
  takeSnapshot,
} from '../../src/workspace/index.ts';
import { measuredOver, workspaceOf } from './made.ts';

const NOW = 1_700_000_000_000;
const STEP = 5000;
const WINDOW = 60_000;

const latency = (at: number, ms: number, instance: string | null = null): Reading => ({
  subject: { type: 'edge', id: 'e' },
  metric: 'latency',
  value: { type: 'samples', values: [ms] },
  at,
  window: WINDOW,
  instance,
  instances: null,
  side: 'caller',
  samples: 1,
  provenance: { source: 's', label: 'P', simulated: false },
});

/** In the past a request took as many ms as minutes had passed since. */
const then = (at: number) => (NOW - at) / 60_000;
const honest = ({ from, to, step }: Stretch): History => {
  const frames: Frame[] = [];
  for (let at = from; at <= to; at += step) frames.push({ at, readings: [latency(at, then(at))] });
  return { frames, problems: [] };
};

function opened(answer: (stretch: Stretch) => History | Promise<History> = honest) {
  let tasks: (() => void)[] = [];
  const asked: Stretch[] = [];
  const services = {
    async history(stretch: Stretch) {
      asked.push(stretch);
      return answer(stretch);
    },
  } as unknown as Services;
  const workspace = workspaceOf(measuredOver(WINDOW), { now: () => NOW, services });
  const end = followPast(workspace, (task) => {
    tasks.push(task);
    return () => {
      tasks = tasks.filter((each) => each !== task);
    };
  });
  /** Lets everything that is on its way arrive. */
  const arrive = async () => {
    for (let turn = 0; turn < 20; turn++) {
      const due = tasks;
      tasks = [];
      for (const task of due) task();
      await new Promise((done) => setTimeout(done));
    }
  };
  return { workspace, asked, arrive, end, text: () => workspace.labels.of('e').text };
}

const ago = (minutes: number) => ({ at: NOW - minutes * 60_000, window: WINDOW, step: STEP });

describe('looking at the past', () => {
  it('shows what was then, marked neither live nor stale; live goes on and is back at once', async () => {
    const { workspace, arrive, text, end } = opened();
    workspace.readings.put([latency(NOW, 500)]);
    workspace.past.lookAt(ago(7));
    expect(text()).toBe('–');
    expect(workspace.use.getState().past.moment).toBe('coming');
    await arrive();
    expect(text()).toBe('7 ms');
    workspace.readings.put([latency(NOW, 600)]);
    expect(text()).toBe('7 ms');
    expect(workspace.isStale(workspace.readings.all()[0]!)).toBe(false);
    workspace.past.lookAt(null);
    expect(text()).toBe('600 ms');
    end();
  });

  it('never shows another time than the one asked for, however fast one scrubs and in whatever order answers come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.boolean()), { maxLength: 12 }),
        async (steps) => {
          const { workspace, arrive, text, end } = opened(async (stretch) => {
            for (let turn = stretch.from % 4; turn > 0; turn--) await null;
            return honest(stretch);
          });
          for (const [minutes, waits] of steps) {
            workspace.past.lookAt(ago(minutes));
            if (waits) await arrive();
            expect([`${minutes} ms`, '–']).toContain(text());
            if (waits) expect(text()).toBe(`${minutes} ms`);
          }
          end();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('asks in blocks, once for each, and fetches the neighbours ahead', async () => {
    const { workspace, asked, arrive, end } = opened();
    workspace.past.lookAt(ago(30));
    await arrive();
    const before = asked.length;
    expect(before).toBe(3);
    expect(asked[0]!.from).toBeLessThanOrEqual(NOW - 30 * 60_000);
    for (let i = 1; i <= 5; i++) {
      workspace.past.lookAt({ ...ago(30), at: ago(30).at + i * STEP });
      expect(workspace.labels.of('e').text).not.toBe('–');
    }
    await arrive();
    expect(asked.length - before).toBeLessThanOrEqual(1);
    expect(new Set(asked.map(({ from }) => from)).size).toBe(asked.length);
    end();
  });

  it('says in one sentence what can’t be had, and shows nothing then', async () => {
    const { workspace, arrive, text, end } = opened(() => ({
      frames: [],
      problems: ['P has not answered.'],
    }));
    workspace.readings.put([latency(NOW, 500)]);
    workspace.past.lookAt(ago(3));
    await arrive();
    expect(workspace.use.getState().past).toEqual({
      moment: 'failed',
      compared: null,
      reason: 'P has not answered.',
    });
    expect(text()).toBe('–');
    end();
  });

  it('is told of with everything dirty, once for each turn', async () => {
    const { workspace, arrive, end } = opened();
    workspace.past.lookAt(ago(3));
    await arrive();
    let told = 0;
    workspace.readings.subscribe((dirty) => {
      told++;
      expect(dirty.has('edge:e')).toBe(true);
    });
    workspace.past.lookAt({ ...ago(3), at: ago(3).at + STEP });
    expect(told).toBe(1);
    end();
  });

  it('ends with the board, and with the snapshot that was looked at', async () => {
    const { workspace, text, end } = opened();
    workspace.readings.put([latency(NOW, 500)]);
    takeSnapshot(workspace, 'Mine');
    const [snapshot] = Object.values(workspace.use.getState().board.snapshots);
    workspace.readings.put([latency(NOW, 900)]);
    workspace.past.lookAt({ at: snapshot!.at, window: snapshot!.window, snapshot: snapshot!.id });
    expect(text()).toBe('500 ms');
    workspace.undo();
    expect(workspace.use.getState().session.moment).not.toHaveProperty('snapshot');
    expect(text()).toBe('–');
    workspace.open(emptyBoard('other'));
    expect(workspace.use.getState().session.moment).toBeNull();
    end();
  });
});

describe('comparing', () => {
  it('with another time: every figure against what was then, and against the latest snapshot again after', async () => {
    const { workspace, arrive, end } = opened();
    workspace.readings.put([latency(NOW, 100)]);
    workspace.past.compareWith({ ...ago(50), label: 'then' });
    expect(workspace.labels.of('e')).toMatchObject({ change: null, severity: 'neutral' });
    await arrive();
    expect(workspace.labels.of('e')).toMatchObject({ change: '↑2×' });
    expect(workspace.past.baseline()).toMatchObject({ name: 'then', at: ago(50).at, window: WINDOW });
    workspace.past.lookAt(ago(100));
    await arrive();
    expect(workspace.labels.of('e')).toMatchObject({ text: '100 ms', change: '↑2×' });
    workspace.past.lookAt(ago(50));
    expect(workspace.labels.of('e').change).toBe('≈');
    runAction(workspace, 'time.compare-latest');
    expect(workspace.past.baseline()).toBeNull();
    end();
  });

  it('a snapshot of the past holds all that was shown, with its moment; an “after” leaves the comparison as it is', async () => {
    const { workspace, arrive, end } = opened(({ from, to, step }) => {
      const { frames } = honest({ from, to, step, window: WINDOW });
      return {
        frames: frames.map(({ at, readings }) => ({ at, readings: [...readings, latency(at, 1, 'a-1')] })),
        problems: [],
      };
    });
    workspace.past.lookAt(ago(20));
    runAction(workspace, 'measure.before');
    expect(workspace.use.getState().board.snapshots).toEqual({});
    await arrive();
    runAction(workspace, 'measure.before');
    const [before] = Object.values(workspace.use.getState().board.snapshots);
    expect(before).toMatchObject({ name: 'Before', at: ago(20).at, window: WINDOW });
    expect(before!.readings.map(({ instance }) => instance)).toEqual([null, 'a-1']);
    workspace.past.lookAt(ago(60));
    await arrive();
    runAction(workspace, 'measure.after');
    expect(Object.values(workspace.use.getState().board.snapshots)).toHaveLength(2);
    expect(workspace.past.baseline()).toBe(before);
    expect(workspace.labels.of('e').change).toBe('↑3×');
    end();
  });
});
