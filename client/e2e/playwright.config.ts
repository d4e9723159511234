import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumPath } from './find-chromium.ts';

const PORT = Number(process.env.E2E_PORT ?? 4199);

/** Pages against a recorded incident, in the build for tests. */
export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: './test-results',
  // Tests mostly wait: for a page to settle, for a picture.
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    timezoneId: 'UTC',
    locale: 'en-US',
    reducedMotion: 'reduce',
    launchOptions: {
      executablePath: chromiumPath(),
      args: ['--no-sandbox', '--disable-background-networking'],
    },
  },
  webServer: {
    command: `${process.execPath} ${join(import.meta.dirname, 'serve-pages.ts')} ${PORT}`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    url: `http://127.0.0.1:${PORT}/`,
    reuseExistingServer: false,
    timeout: 240_000,
  },
});
