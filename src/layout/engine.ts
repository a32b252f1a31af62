/**
 * One layout at a time, in a worker that is kept warm. A newer call, cancel or the deadline ends the one under
 * way: ELK cannot be interrupted, so its worker is terminated and the next call starts another. Every call is
 * answered, with data: done, cancelled or failed.
 */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Board, Id, Milliseconds } from '../graph/index.ts';
import { type Direction, elkGraph, readElk } from './elk-graph.ts';
import { type Placement, place } from './place.ts';

/** What is used of ELK: its API in a worker, or its bundle in Node. */
export type Elk = { layout(graph: ElkNode): Promise<ElkNode>; terminateWorker(): void };

export type LayoutOptions = {
  direction: Direction;
  /** Lay out these nodes only, in place. */
  only?: ReadonlySet<Id>;
  /** Longer than this and the layout has failed. */
  deadline?: Milliseconds;
};

export type LayoutResult =
  | ({ outcome: 'done' } & Placement)
  | { outcome: 'cancelled' }
  | { outcome: 'failed'; reason: string };

export type LayoutEngine = {
  /** Proposes positions and routes; never rejects. A call still under way is cancelled by the next one. */
  layout(board: Board, options: LayoutOptions): Promise<LayoutResult>;
  cancel(): void;
  /** Starts the worker before it is needed. A worker that cannot start is reported by the first layout. */
  warm(): Promise<void>;
  dispose(): void;
};

const DEADLINE: Milliseconds = 30_000;

export function createLayoutEngine(options: {
  /** Starts a worker; `onError` hears of one that cannot load or dies, which ELK itself never answers. */
  createElk: (onError: (reason: string) => void) => Elk;
}): LayoutEngine {
  let elk: Elk | null = null;
  let underWay: { end(result: LayoutResult): void } | null = null;
  let endWarming = () => {};

  const worker = (): Elk => {
    if (elk) return elk;
    const started: Elk = options.createElk((reason) => {
      if (elk !== started) return;
      stopWorker();
      underWay?.end({ outcome: 'failed', reason });
    });
    return (elk = started);
  };
  const stopWorker = () => {
    elk?.terminateWorker();
    elk = null;
    endWarming();
  };
  const interrupt = (result: LayoutResult) => {
    if (!underWay) return;
    stopWorker();
    underWay.end(result);
  };

  const layout = (board: Board, { direction, only, deadline = DEADLINE }: LayoutOptions) => {
    interrupt({ outcome: 'cancelled' });
    return new Promise<LayoutResult>((resolve) => {
      const timer = setTimeout(() => {
        interrupt({
          outcome: 'failed',
          reason: `Layout took longer than ${deadline / 1000} s and was ended.`,
        });
      }, deadline);
      const call = {
        end(result: LayoutResult) {
          if (underWay !== call) return;
          underWay = null;
          clearTimeout(timer);
          resolve(result);
        },
      };
      underWay = call;
      const fail = (error: unknown) => call.end({ outcome: 'failed', reason: reasonOf(error) });
      try {
        const ids = new Set(Object.keys(board.nodes).filter((id) => !only || only.has(id)));
        worker()
          .layout(elkGraph(board, ids, direction))
          .then((graph) => {
            if (underWay === call) call.end({ outcome: 'done', ...place(board, readElk(board, graph)) });
          })
          .catch(fail);
      } catch (error) {
        fail(error);
      }
    });
  };

  return {
    layout,
    cancel: () => interrupt({ outcome: 'cancelled' }),
    async warm() {
      const lost = new Promise<void>((resolve) => {
        endWarming = resolve;
      });
      try {
        const graph = { id: 'root', layoutOptions: { 'elk.algorithm': 'layered' }, children: [] };
        await Promise.race([worker().layout(graph), lost]);
      } catch {
        stopWorker();
      }
    },
    dispose() {
      interrupt({ outcome: 'cancelled' });
      stopWorker();
    },
  };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' && message !== '' ? message : `Layout failed: ${String(error)}`;
}
