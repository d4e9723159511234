import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { lockFolder } from './folder-lock.ts';
import { withTemporaryFolder } from './testing/temporary-folder.ts';

// Disks of busy machines can take seconds.
vi.setConfig({ testTimeout: 60_000 });

/** Starts a process that takes the folder; answers with what it prints first, after collecting garbage. */
async function holder(folder: string) {
  const script = join(import.meta.dirname, 'testing/hold-folder.ts');
  const child = spawn(process.execPath, ['--expose-gc', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: said.toString().trim() };
}

it('refuses a folder that another process holds, until that one is killed', () =>
  withTemporaryFolder(async (folder) => {
    const { child, said } = await holder(folder);
    const gone = once(child, 'exit');
    try {
      expect(said).toBe('held');
      const sentence = `The data folder ${folder} is in use by process ${child.pid} on `;
      expect(() => lockFolder(folder)).toThrow(sentence);
      expect(() => lockFolder(folder)).toThrow('; stop it or choose another one.');
    } finally {
      child.kill('SIGKILL');
      await gone;
    }
    const lock = lockFolder(folder);
    const second = await holder(folder);
    expect(second.said).toContain(`in use by process ${process.pid} on `);
    lock.release();
  }));

it('refuses a folder that another part of this process holds', () =>
  withTemporaryFolder(async (folder) => {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow('in use by process');
    lock.release();
    lockFolder(folder).release();
  }));

it('says what hinders it when a folder cannot be made', () => {
  expect(() => lockFolder('/dev/null/journals')).toThrow(
    'Could not lock the data folder /dev/null/journals: ',
  );
});
