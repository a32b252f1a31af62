/** Processes that cannot outlive the test run, whatever ends it. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Kept {
  /** Asks it to end, and resolves when it has. */
  stop: () => Promise<void>;
}

/** Takes what was started, to be stopped with all else. */
export type Keep = <Part extends Kept>(part: Part) => Part;

export interface Program {
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** File that takes what it prints. */
  log: string;
  /** The signal that it ends by, where that is not SIGTERM. */
  endsBy?: 'SIGINT';
  /** Who it runs as, where that is not who we are. */
  owner?: { uid: number; gid: number };
}

/** Runs a program that knows nothing of us. A keeper process stands between, and ends it when we are gone. */
export function keepProgram(program: Program): Kept & { kill: () => Promise<void>; check: () => void } {
  const keeper = fork(new URL('./keeper.ts', import.meta.url), [], { execArgv: [] });
  keeper.send(program);
  return {
    stop: () => ended(keeper, () => keeper.send('SIGTERM')),
    kill: () => ended(keeper, () => keeper.send('SIGKILL')),
    check: () => {
      if (keeper.exitCode === null) return;
      throw new Error(
        `${program.command} ended by itself:\n${readFileSync(program.log, 'utf8').slice(-2_000)}`,
      );
    },
  };
}

/** Resolves when a process is gone, telling it to go first if it is still there. */
export async function ended(child: ChildProcess, tell: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  tell();
  await gone;
}

/** As `Promise.all`, but fails only when none is starting any more, so that all that did start can be stopped. */
export async function together<Parts extends unknown[]>(
  starts: readonly [...{ [part in keyof Parts]: Promise<Parts[part]> }],
): Promise<Parts> {
  await Promise.allSettled(starts);
  return (await Promise.all(starts)) as Parts;
}

/** Resolves once `check` is true; an error in it counts as not yet. Rejects with that error after `limit` ms. */
export async function until(what: string, limit: number, check: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + limit;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      if (await check()) return;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await sleep(100);
  }
  throw new Error(`Not within ${limit / 1000} s: ${what}`, { cause: last });
}
