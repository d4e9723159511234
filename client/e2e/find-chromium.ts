/**
 * Finds a Chromium to test with, and gets one where it may: the system's first, then Playwright's own. It
 * stands here because the client imports nothing of infra, and infra's checks may import from here.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** What the tests need of a browser: a path to start it by. */
export type FoundBrowser = { executablePath: string } | { missing: string };

const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The path of a Chromium, or why there is none. Says what it installs. */
export function findChromium(): FoundBrowser {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined) {
    return existsSync(given)
      ? { executablePath: given }
      : { missing: `CHROMIUM_PATH=${given} does not exist` };
  }
  const present = firstPresent();
  if (present) return { executablePath: present };
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('No Chromium here: installing it with apt-get install -y chromium');
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium');
  }
  if (!firstPresent()) {
    console.log('No Chromium here: downloading the one of Playwright');
    run('npx', ['playwright', 'install', 'chromium']);
  }
  const installed = firstPresent();
  if (installed) return { executablePath: installed };
  return { missing: 'no Chromium found or installed: set CHROMIUM_PATH to one' };
}

function firstPresent(): string | undefined {
  return [...SYSTEM_PATHS, chromium.executablePath()].find((path) => existsSync(path));
}

function apt(...args: string[]): void {
  run('apt-get', ['-q', ...args]);
}

function run(program: string, args: string[]): void {
  const { status, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) console.log(`${program} ${args.join(' ')} failed: ${stderr.trim().split('\n').at(-1)}`);
}

/** That path, or an error with the reason: for what cannot go on without. */
export function chromiumPath(): string {
  const found = findChromium();
  if ('missing' in found) throw new Error(found.missing);
  return found.executablePath;
}
