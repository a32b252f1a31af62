/** A clock and timers that stand still until told, and a host that writes down what it is told. */
import type { Board, Reading } from '../../src/graph/index.ts';
import type { Env, SourceHost, SourceStatus } from '../../src/telemetry/index.ts';

export function stillClock(fetcher: typeof fetch = () => Promise.reject(new TypeError('no network here'))) {
  let now = 1_700_000_000_000;
  let tasks: { at: number; task: () => void }[] = [];
  const env: Env = {
    now: () => now,
    schedule(task, after) {
      const entry = { at: now + after, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((each) => each !== entry);
      };
    },
    fetch: fetcher,
    server: 'http://chalkline.test',
  };
  /** Lets this much time pass, doing what falls due on the way. */
  const pass = (ms: number) => {
    const until = now + ms;
    for (;;) {
      const due = tasks.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      tasks = tasks.filter((each) => each !== due);
      now = Math.max(now, due.at);
      due.task();
    }
    now = until;
  };
  return { env, pass, pending: () => tasks.length };
}

export function notebook(board: () => Board) {
  const readings: Reading[] = [];
  const statuses: SourceStatus[] = [];
  const host: SourceHost = {
    board,
    emit: (list) => readings.push(...list),
    status: (status) => statuses.push(status),
  };
  return { host, readings, statuses, last: () => statuses.at(-1) };
}
