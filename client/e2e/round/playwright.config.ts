import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumPath } from '../find-chromium.ts';

const PORT = Number(process.env.E2E_ROUND_PORT ?? 4299);
const START = join(import.meta.dirname, '../../../infra/scripts/start.ts');

/** A round against the real server, its clock four times as fast as play. */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.round.ts',
  outputDir: '../../test-results-round',
  // Rounds mostly wait: for the page, for the hold. Each has a room of its own.
  workers: 2,
  timeout: 420_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    timezoneId: 'UTC',
    actionTimeout: 30_000,
    locale: 'en-US',
    launchOptions: {
      executablePath: chromiumPath(),
      args: ['--no-sandbox', '--disable-background-networking'],
    },
  },
  webServer: {
    command: `${process.execPath} ${START}`,
    url: `http://127.0.0.1:${PORT}/readyz`,
    env: {
      PORT: String(PORT),
      DATA_DIR: mkdtempSync(join(tmpdir(), 'round-')),
      CHAOTIC_GOOD_TEST_CLOCK_FACTOR: '4',
    },
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 12_000 },
    timeout: 180_000,
  },
});
