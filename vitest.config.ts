import { defineConfig } from 'vitest/config';

const EXCLUDED = ['**/node_modules/**', '**/dist/**', 'client/e2e/**'];

/** Two kinds of test: fast ones, and simulations (*.sim.test.ts), which may take minutes. */
export default defineConfig({
  test: {
    pool: 'threads',
    maxWorkers: 2,
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
