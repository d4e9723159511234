import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findChromium } from '../../../client/e2e/find-chromium.ts';
import { ROOT } from '../source-files.ts';
import { runInChromium } from './run-in-chromium.ts';
import type { ParityModule } from './run-in-chromium.ts';

const browser = findChromium();
const reason = 'missing' in browser ? ` (skipped: ${browser.missing})` : '';
const incidents = join(ROOT, 'scenarios/sdk/parity-entry.ts');

/** What a module answers here and in Chromium. */
async function inBoth(entry: string): Promise<{ node: string[]; chromium: string[] }> {
  if ('missing' in browser) throw new Error(browser.missing);
  const { runParityIncidents } = (await import(entry)) as ParityModule;
  return { node: runParityIncidents(), chromium: await runInChromium(entry, browser.executablePath) };
}

// Where tests must be complete a missing browser fails; on a guest's machine it skips, and says so.
const skipped = 'missing' in browser && !process.env.CI;

it.skipIf(skipped)(`draws and mathematics have the same bits in Node and in Chromium${reason}`, async () => {
  const { node, chromium } = await inBoth(join(import.meta.dirname, 'kernel-sample.ts'));
  expect(node).toHaveLength(4);
  expect(chromium).toEqual(node);
});

it.skipIf(skipped)(`a module that depends on its surroundings is seen to differ${reason}`, async () => {
  const { node, chromium } = await inBoth(join(import.meta.dirname, 'surroundings-sample.ts'));
  expect(node).toEqual(['undefined']);
  expect(chromium).toEqual(['object']);
});

it.skipIf(skipped || !existsSync(incidents))(
  `whole incidents have equal hashes in both${reason}`,
  async () => {
    const { node, chromium } = await inBoth(incidents);
    expect(node.length).toBeGreaterThanOrEqual(5);
    expect(chromium).toEqual(node);
  },
);
