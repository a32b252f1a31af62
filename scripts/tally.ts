/** A Vitest reporter that writes what a run came to, with the reason of each test left out, to CHALKLINE_TALLY. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** One line for each test left out: its name and why. */
  leftOut: string[];
}

export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const path = process.env.CHALKLINE_TALLY;
    if (path) writeFileSync(path, JSON.stringify(tally(modules)));
  }
}

function tally(modules: readonly TestModule[]): Tally {
  const sum: Tally = { passed: 0, failed: 0, skipped: 0, leftOut: [] };
  for (const module of modules) {
    const before = sum.failed;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') sum.passed++;
      else if (result.state === 'failed') sum.failed++;
      else {
        sum.skipped++;
        const note = result.state === 'skipped' ? result.note : undefined;
        sum.leftOut.push(`${test.fullName}: ${note?.replace(/^left out: /, '') ?? 'no reason given'}`);
      }
    }
    // A file that breaks while loading has no failed test to count.
    if (module.state() === 'failed' && sum.failed === before) sum.failed++;
  }
  return sum;
}
