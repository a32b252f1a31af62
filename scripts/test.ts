/**
 * `npm test`: everything that must hold, each step under its own headline, all of them even after one failed.
 * `node scripts/test.ts unit browser` runs only the steps named.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureBrowser, ensureRealPrograms } from './needs.ts';
import { emptyTally, type Tally } from './tally.ts';

interface Step {
  name: string;
  title: string;
  run: () => boolean;
}

const root = join(import.meta.dirname, '..');
const total = emptyTally();

const steps: Step[] = [
  { name: 'lint', title: 'Format and lint', run: () => tool('biome', 'ci') },
  { name: 'types', title: 'Types', run: () => tool('tsc') },
  { name: 'dead', title: 'Dead code', run: () => tool('knip') },
  { name: 'unit', title: 'Unit and property tests', run: () => vitest('unit') },
  { name: 'build', title: 'Build', run: () => tool('vite', 'build', '--logLevel', 'warn') },
  { name: 'browser', title: 'Browser tests', run: () => named(ensureBrowser()) && vitest('browser') },
  { name: 'real', title: 'Tests on real data and a real system', run: real },
];

process.exitCode = main(process.argv.slice(2));

function main(wanted: string[]): number {
  const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`No such step: ${unknown.join(', ')}. Steps: ${steps.map((step) => step.name).join(', ')}`);
    return 2;
  }
  const chosen = steps.filter((step) => wanted.length === 0 || wanted.includes(step.name));
  const results = chosen.map((step) => ({ step, ...timed(step) }));

  headline('Summary');
  for (const { step, ok, seconds } of results) {
    console.log(`${ok ? 'ok    ' : 'FAILED'}  ${step.title} (${seconds.toFixed(1)} s)`);
  }
  list('Left out', total.leftOut);
  list('Passed only when tried again', total.unsteady);
  list('Failed', total.failures);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return results.every((result) => result.ok) ? 0 : 1;
}

function list(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.log(`\n${title}:`);
  for (const line of lines) console.log(`  ${line}`);
}

function timed(step: Step): { ok: boolean; seconds: number } {
  headline(step.title);
  const start = performance.now();
  let ok = false;
  try {
    ok = step.run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  return { ok, seconds: (performance.now() - start) / 1000 };
}

function real(): boolean {
  const programs = ensureRealPrograms();
  if ('missing' in programs) console.log(`Without a real system: ${programs.missing}.`);
  return named(ensureBrowser()) && vitest('real');
}

/** The tests and their workers take the browser found here. */
function named(browser: string): true {
  process.env.CHALKLINE_BROWSER = browser;
  return true;
}

function vitest(project: string): boolean {
  const scratch = mkdtempSync(join(tmpdir(), 'chalkline-test-'));
  const report = join(scratch, 'tally.json');
  const ok = tool('vitest', 'run', '--project', project, { CHALKLINE_TALLY: report });
  // A run that could not even start has written none.
  if (existsSync(report)) add(JSON.parse(readFileSync(report, 'utf8')) as Tally);
  rmSync(scratch, { recursive: true, force: true });
  return ok;
}

function add(tally: Tally): void {
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
  total.leftOut.push(...tally.leftOut);
  total.failures.push(...tally.failures);
  total.unsteady.push(...tally.unsteady);
}

/** Runs one of the project's own tools, with the Node the project brings. */
function tool(name: string, ...rest: (string | Record<string, string>)[]): boolean {
  const args = rest.filter((part) => typeof part === 'string');
  const bin = join(root, 'node_modules', '.bin');
  const env = Object.assign({}, process.env, ...rest.filter((part) => typeof part === 'object'), {
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  });
  return (
    spawnSync(join(bin, name), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0
  );
}

function headline(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`);
}
