import { defineConfig } from 'vitest/config';

/**
 * Tests that start servers and browsers run one file at a time: two cores are not enough for two browsers. What comes in
 * its time may take long on a busy machine; one that fails is tried once more (docs/decisions/tests.md).
 */
const serial = {
  fileParallelism: false,
  testTimeout: 120_000,
  hookTimeout: 180_000,
  retry: 1,
  expect: { poll: { timeout: 10_000 } },
};

export default defineConfig({
  test: {
    reporters: ['default', './scripts/tally.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/real/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...serial,
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: './test/e2e/setup.ts',
        },
      },
      {
        test: {
          ...serial,
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          globalSetup: './test/e2e/setup.ts',
        },
      },
    ],
  },
});
