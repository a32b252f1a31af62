/**
 * The programs the tests drive that npm cannot bring: a browser, and for the real-system tests Prometheus, RabbitMQ,
 * nginx, Redis and PostgreSQL. `find…` only looks; `ensure…` also installs what is missing where it may, and leaves
 * the machine's services as they were.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

export interface RealPrograms {
  prometheus: string;
  rabbitmq: string;
  epmd: string;
  nginx: string;
  redis: string;
  postgres: string;
  initdb: string;
}

/** The full path of a program on PATH (the administrator's folders included), or undefined. */
function findProgram(...names: string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** The browser for the tests: the one CHALKLINE_BROWSER names, else one on PATH, else Playwright's own. */
export function findBrowser(): string | undefined {
  const named = process.env.CHALKLINE_BROWSER;
  if (named) {
    if (!isExecutable(named))
      throw new Error(`CHALKLINE_BROWSER names ${named}, which is not a program here.`);
    return named;
  }
  const present = findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  if (present) return present;
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** As `findBrowser`, and installs one when there is none. Throws, saying what to do, when it cannot. */
export function ensureBrowser(): string {
  const present = findBrowser();
  if (present) return present;
  if (canApt()) {
    apt('chromium');
  } else {
    console.log('No browser found: Playwright downloads its own Chromium.');
    const cli = join(
      dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
      'cli.js',
    );
    attempt(process.execPath, [cli, 'install', 'chromium']);
  }
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chromium or Chrome, and none could be installed. ' +
      'Install one, or name one in the environment variable CHALKLINE_BROWSER.',
  );
}

/** Debian's packages of the programs of the real-system tests. */
const PACKAGES: Record<keyof RealPrograms, string> = {
  prometheus: 'prometheus',
  rabbitmq: 'rabbitmq-server',
  epmd: 'rabbitmq-server',
  nginx: 'nginx-light',
  redis: 'redis-server',
  postgres: 'postgresql',
  initdb: 'postgresql',
};

function lookForRealPrograms(): { [program in keyof RealPrograms]: string | undefined } {
  return {
    prometheus: findProgram('prometheus'),
    // The wrapper that Debian puts on PATH switches to the user `rabbitmq` and its folders; this is the broker itself.
    rabbitmq: programIn('/usr/lib/rabbitmq/bin', 'rabbitmq-server') ?? findProgram('rabbitmq-server'),
    epmd: findProgram('epmd'),
    nginx: findProgram('nginx'),
    redis: findProgram('redis-server'),
    // Debian keeps each version in a folder of its own, and out of PATH.
    postgres: programIn('/usr/lib/postgresql/*/bin', 'postgres') ?? findProgram('postgres'),
    initdb: programIn('/usr/lib/postgresql/*/bin', 'initdb') ?? findProgram('initdb'),
  };
}

/** The packages of those that are not there. */
function missingPackages(found: ReturnType<typeof lookForRealPrograms>): string[] {
  const missing = Object.entries(PACKAGES).filter(([program]) => !found[program as keyof RealPrograms]);
  return [...new Set(missing.map(([, name]) => name))];
}

/** The programs of the real-system tests, or what is missing. */
export function findRealPrograms(): RealPrograms | { missing: string } {
  const found = lookForRealPrograms();
  const missing = missingPackages(found);
  if (missing.length > 0) return { missing: `not installed here: ${missing.join(', ')}` };
  return found as RealPrograms;
}

/** As `findRealPrograms`, and installs what is missing on Debian as root. Never throws: the caller says what is left out. */
export function ensureRealPrograms(): RealPrograms | { missing: string } {
  const missing = missingPackages(lookForRealPrograms());
  if (missing.length > 0 && canApt()) {
    try {
      apt(...missing);
    } catch (error) {
      console.log(`Could not install them: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return findRealPrograms();
}

/** The newest of the programs of this name in folders like that. */
const programIn = (folders: string, name: string): string | undefined =>
  globSync(join(folders, name)).filter(isExecutable).sort().at(-1);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function canApt(): boolean {
  return (
    existsSync('/etc/debian_version') && process.getuid?.() === 0 && findProgram('apt-get') !== undefined
  );
}

/**
 * Installs Debian packages without letting them start a service: Debian asks /usr/sbin/policy-rc.d, and 101 means
 * "not allowed". One that is already there is the machine's own and stays.
 */
function apt(...packages: string[]): void {
  console.log(`Installing ${packages.join(', ')} with apt-get.`);
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    attempt('apt-get', ['update', '-qq']);
    attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function attempt(program: string, args: string[]): void {
  execFileSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 15 * 60_000,
  });
}
