/** Every call is answered: cancelled, too late, failed and superseded ones too. */
import { describe, expect, test } from 'vitest';
import { randomBoard } from '../../bench/graphs.ts';
import { createLayoutEngine, type Elk } from '../../src/layout/index.ts';
import { createElk } from '../../src/layout/node.ts';

const board = randomBoard(12, 1.5, 1);
const stuck: Elk['layout'] = () => new Promise(() => {});

/** An engine whose workers behave as listed, one after the other; and how many were ended. */
function engineWith(...layouts: Elk['layout'][]) {
  const seen = { started: 0, terminated: 0, fail: (_reason: string) => {} };
  const engine = createLayoutEngine({
    createElk(onError) {
      seen.fail = onError;
      const layout = layouts[seen.started++] ?? createElk().layout;
      return { layout, terminateWorker: () => seen.terminated++ };
    },
  });
  return { engine, seen };
}

describe('the layout engine', () => {
  test('cancels: the worker is ended and the next call starts another', async () => {
    const { engine, seen } = engineWith(stuck);
    const first = engine.layout(board, { direction: 'RIGHT' });
    engine.cancel();
    expect(await first).toEqual({ outcome: 'cancelled' });
    expect(seen.terminated).toBe(1);
    expect(await engine.layout(board, { direction: 'RIGHT' })).toMatchObject({ outcome: 'done' });
    expect(seen.started).toBe(2);
  });

  test('ends a stuck layout at its deadline and says so', async () => {
    const { engine, seen } = engineWith(stuck);
    const result = await engine.layout(board, { direction: 'RIGHT', deadline: 20 });
    expect(result).toEqual({ outcome: 'failed', reason: expect.stringContaining('0.02 s') });
    expect(seen.terminated).toBe(1);
    expect(await engine.layout(board, { direction: 'RIGHT' })).toMatchObject({ outcome: 'done' });
  });

  test('a newer call supersedes the one under way, whose late answer changes nothing', async () => {
    let answerLate = () => {};
    const late: Elk['layout'] = (graph) =>
      new Promise((resolve) => {
        answerLate = () => resolve(graph);
      });
    const { engine } = engineWith(late);
    const first = engine.layout(board, { direction: 'RIGHT' });
    const second = engine.layout(board, { direction: 'RIGHT' });
    answerLate();
    expect(await first).toEqual({ outcome: 'cancelled' });
    expect(await second).toMatchObject({ outcome: 'done' });
  });

  test('a failure reaches the caller: in the layout, at the start, of the worker', async () => {
    const failing = engineWith(() => Promise.reject(new Error('no such algorithm')));
    expect(await failing.engine.layout(board, { direction: 'RIGHT' })).toEqual({
      outcome: 'failed',
      reason: 'no such algorithm',
    });

    const unstartable = createLayoutEngine({
      createElk: () => {
        throw new Error('workers are not allowed');
      },
    });
    await unstartable.warm();
    expect(await unstartable.layout(board, { direction: 'RIGHT' })).toEqual({
      outcome: 'failed',
      reason: 'workers are not allowed',
    });

    const { engine, seen } = engineWith(stuck, stuck);
    const warming = engine.warm();
    seen.fail('the worker could not be loaded');
    await warming;
    const lost = engine.layout(board, { direction: 'RIGHT' });
    seen.fail('the worker died');
    expect(await lost).toEqual({ outcome: 'failed', reason: 'the worker died' });
    expect(await engine.layout(board, { direction: 'RIGHT' })).toMatchObject({ outcome: 'done' });
  });

  test('a warm engine keeps its worker; a disposed one ends it', async () => {
    const { engine, seen } = engineWith();
    await engine.warm();
    await engine.layout(board, { direction: 'DOWN' });
    await engine.layout(board, { direction: 'RIGHT' });
    expect(seen).toMatchObject({ started: 1, terminated: 0 });
    engine.dispose();
    expect(seen.terminated).toBe(1);
  });
});
