#!/usr/bin/env node
// Runs the command line with a Node that reads TypeScript: this one, or else the one that is installed with the project.
import { spawn } from 'node:child_process';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = new URL('../src/cli/main.ts', import.meta.url);

// npm runs scripts in the project's folder; files are named from where the person is
const { npm_lifecycle_event: script, INIT_CWD: from } = process.env;
if (script === 'chalkline' && from) process.chdir(from);

if (process.features.typescript) {
  module.enableCompileCache?.();
  await import(main.href);
} else {
  const child = spawn(ownNode(), [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`chalkline: its own Node could not be started: ${error.message}. Run npm ci.`);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

function ownNode() {
  try {
    const { resolve } = createRequire(import.meta.url);
    return join(
      dirname(resolve('node/package.json')),
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    );
  } catch {
    console.error(
      `chalkline: Node ${process.version} does not read TypeScript; run npm ci, or use Node 22.18 or newer.`,
    );
    process.exit(1);
  }
}
