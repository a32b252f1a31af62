/** The programs of ours: each in its own process, which ends when its channel to this process closes. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { ended, type Kept } from '../keep.ts';
import type { ServiceName } from '../shop/main.ts';

export interface Own extends Kept {
  port: number;
  /** Sends a message, and resolves when the process has taken it. */
  tell: (message: object) => Promise<void>;
}

const PROGRAMS = {
  collector: new URL('../collector/main.ts', import.meta.url),
  service: new URL('../shop/main.ts', import.meta.url),
  shopper: new URL('../shop/shopper.ts', import.meta.url),
  link: new URL('../shop/link.ts', import.meta.url),
};
const TELEMETRY = new URL('../shop/telemetry.ts', import.meta.url);

/**
 * Starts a program and resolves when it has said on which port it listens.
 * @param preload a module that is loaded before it
 */
export async function startOwn(
  name: string,
  program: keyof typeof PROGRAMS,
  folder: string,
  env: Record<string, string>,
  preload?: URL,
): Promise<Own> {
  const log = openSync(join(folder, `${name}.log`), 'a');
  const child = fork(PROGRAMS[program], [], {
    execArgv: preload ? ['--import', preload.href] : [],
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  const failed = once(child, 'exit').then(() => Promise.reject(new Error(`${name} ended by itself.`)));
  failed.catch(() => {});
  const [{ port }] = (await Promise.race([once(child, 'message'), failed])) as [{ port: number }];
  return {
    port,
    stop: () => ended(child, () => child.disconnect()),
    tell: async (message) => {
      const taken = once(child, 'message');
      child.send(message);
      await Promise.race([taken, failed]);
    },
  };
}

/** A service of the shop, with OpenTelemetry loaded before it. */
export const startService = (
  service: ServiceName,
  instance: string,
  folder: string,
  env: Record<string, string>,
): Promise<Own> =>
  startOwn(instance, 'service', folder, { ...env, SERVICE: service, INSTANCE: instance }, TELEMETRY);
