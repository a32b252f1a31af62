/** A Vitest reporter that writes what a run came to, with the reason of each test left out, to CHALKLINE_TALLY. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** One line for each test left out: its name and why. */
  leftOut: string[];
  /** One line for each that failed: its name and the first line of why. */
  failures: string[];
  /** Those that failed once and passed when they were tried again. */
  unsteady: string[];
}

export const emptyTally = (): Tally => ({
  passed: 0,
  failed: 0,
  skipped: 0,
  leftOut: [],
  failures: [],
  unsteady: [],
});

export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const path = process.env.CHALKLINE_TALLY;
    if (path) writeFileSync(path, JSON.stringify(tally(modules)));
  }
}

function tally(modules: readonly TestModule[]): Tally {
  const sum = emptyTally();
  for (const module of modules) {
    const before = sum.failed;
    for (const test of module.children.allTests()) {
      const result = test.result();
      const why = result.errors?.[0]?.message.split('\n', 1)[0] ?? 'no reason given';
      if (result.state === 'passed') {
        sum.passed++;
        if (test.diagnostic()?.flaky) sum.unsteady.push(`${test.fullName}: ${why}`);
      } else if (result.state === 'failed') {
        sum.failed++;
        sum.failures.push(`${module.relativeModuleId} ${test.fullName}: ${why}`);
      } else {
        sum.skipped++;
        const note = result.state === 'skipped' ? result.note : undefined;
        sum.leftOut.push(`${test.fullName}: ${note?.replace(/^left out: /, '') ?? 'no reason given'}`);
      }
    }
    // A file that breaks while loading has no failed test to count.
    if (module.state() !== 'failed' || sum.failed > before) continue;
    sum.failed++;
    sum.failures.push(`${module.relativeModuleId}: ${module.errors()[0]?.message ?? 'could not be run'}`);
  }
  return sum;
}
