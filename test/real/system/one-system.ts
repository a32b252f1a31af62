import { afterAll, beforeAll, type TestContext } from 'vitest';
import { findRealPrograms } from '../../../scripts/needs.ts';
import { type System, startSystem } from './index.ts';

/**
 * One system for all tests of a file, started before the first and stopped after the last. The function it returns
 * gives a test the system, or leaves the test out, saying why, where the programs are not installed.
 */
export function oneSystem(): (context: TestContext) => System {
  const programs = findRealPrograms();
  let system: System | undefined;
  beforeAll(async () => {
    if (!('missing' in programs)) system = await startSystem(programs);
  });
  afterAll(() => system?.stop());
  return (context) => {
    if ('missing' in programs) return context.skip(`left out: ${programs.missing}`);
    if (!system) throw new Error('The system is only there inside tests.');
    return system;
  };
}
