/**
 * Takes spans that are pushed over OTLP/HTTP and remembers what they measured.
 *
 *   POST /v1/traces ─► intake ─► gather ─► tally ─► ring ─► GET /telemetry/traces
 *                      body, protobuf   by trace   (formats)   slots of histograms
 *
 * Memory is bounded at every step (limits.ts), and what was left out is counted and told.
 */
import type { EpochMs } from '../../graph/index.ts';
import type { PushedAnswer } from '../../telemetry/index.ts';
import type { Door } from '../door.ts';
import type { Route } from '../route.ts';
import { createAnswer } from './answer.ts';
import { createGatherer } from './gather.ts';
import { createIntake } from './intake.ts';
import { MOST } from './limits.ts';
import { createRing, MEMORY } from './ring.ts';
import { trimmed } from './span.ts';

export interface Push {
  /** Where spans are pushed to. */
  intake: Route;
  /** Where a page asks what they showed. */
  answer: Route;
  close: () => void;
}

export interface PushOptions {
  door: Door;
  /** Origins whose pages may push. */
  origins: readonly string[];
  now?: () => EpochMs;
}

/** How often whole traces are looked for. Milliseconds. */
const TICK = 500;
/** Spans counted at a stretch, about 20 ms: then whoever asks for a page gets a turn. */
const STRETCH = 1000;

/** Remembers from now on. Close it to stop its timer. */
export function createPush({ door, origins, now = Date.now }: PushOptions): Push {
  const ring = createRing(MOST);
  const gatherer = createGatherer(ring, MEMORY, MOST);
  const { route, received } = createIntake({
    ...{ door, origins },
    take(spans) {
      const at = now();
      for (const span of spans) gatherer.add(trimmed(span, MOST), at);
    },
  });
  const traffic = (): PushedAnswer['traffic'] => ({
    ...{ ...received, ...gatherer.gathered },
    ...{ dropped: ring.dropped(), lumped: ring.lumped() },
  });
  let isBusy = false;
  const tick = () => {
    isBusy = gatherer.tick(now(), STRETCH);
    if (isBusy) setImmediate(tick);
  };
  const timer = setInterval(() => isBusy || tick(), TICK);
  timer.unref();
  return {
    intake: route,
    answer: createAnswer(ring, door, now, traffic),
    close: () => clearInterval(timer),
  };
}
