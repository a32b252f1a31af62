/** Runs one program and passes signals on to it; ends it when the process that asked for it is gone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Program } from './keep.ts';

/** How long a program may take to end when asked. Milliseconds. */
const PATIENCE = 15_000;

let child: ChildProcess | undefined;
let endsBy: NodeJS.Signals = 'SIGTERM';

process.on('message', (message: Program | 'SIGTERM' | 'SIGKILL') => {
  if (typeof message === 'object') start(message);
  else if (message === 'SIGKILL') killAll();
  else end();
});
process.on('disconnect', end);
// A Ctrl-C reaches the whole group: what follows from it is decided by the one who asked for the program.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

function start({ command, args, env, log, owner, ...rest }: Program): void {
  endsBy = rest.endsBy ?? endsBy;
  const output = openSync(log, 'a');
  // A process group of its own, so that nothing it starts can be missed.
  child = spawn(command, args, {
    stdio: ['ignore', output, output],
    detached: true,
    cwd: dirname(log),
    env: { ...process.env, ...env },
    ...owner,
  });
  child.on('error', () => process.exit(1));
  child.on('exit', () => {
    killAll();
    process.exit(0);
  });
}

function end(): void {
  if (!child) process.exit(0);
  child.kill(endsBy);
  setTimeout(killAll, PATIENCE).unref();
}

function killAll(): void {
  if (!child?.pid) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group is gone already.
  }
}
