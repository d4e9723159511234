/** Runs the `runParityIncidents` of a module in Chromium, from a bundle, without any network. */
import { chromium } from '@playwright/test';
import { build } from 'vite';

/** What a module for this harness exports: one line of text an incident, hashes above all. */
export type ParityModule = { runParityIncidents: () => string[] };

const FLAGS = ['--no-sandbox', '--disable-background-networking'];

/** One script that sets a global `parity` to the exports of the module at `entry`. */
async function bundleForBrowser(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'parity' } },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const chunk = outputs
    .flatMap((part) => ('output' in part ? part.output : []))
    .find(({ type }) => type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error(`no bundle was built from ${entry}`);
  return chunk.code;
}

/** What the module at `entry` answers in a page of that Chromium. */
export async function runInChromium(entry: string, executablePath: string): Promise<string[]> {
  const code = await bundleForBrowser(entry);
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: code });
    return await page.evaluate(() =>
      (globalThis as unknown as { parity: ParityModule }).parity.runParityIncidents(),
    );
  } finally {
    await browser.close();
  }
}
