import { defineConfig } from 'vitest/config';

const EXCLUDED = ['**/node_modules/**', '**/dist/**', 'client/e2e/**'];

/** Where to write the counts as JSON besides printing them; `.ci/run` reads them. */
const report = process.env.TEST_REPORT_JSON;

/** Two kinds of test: fast ones, and simulations (*.sim.test.ts), which may take minutes. */
export default defineConfig({
  test: {
    pool: 'threads',
    maxWorkers: 2,
    // A walk over all sources takes seconds on a busy machine; a test that hangs still ends.
    testTimeout: 60_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        extends: true,
        test: { name: 'fast', include: ['**/*.test.ts'], exclude: [...EXCLUDED, '**/*.sim.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'sim',
          include: ['**/*.sim.test.ts'],
          exclude: EXCLUDED,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
