/**
 * A process that takes a folder, `node hold-folder.ts FOLDER`, prints `held` or why not, and stays. It keeps
 * no reference to its lock.
 */
import { writeSync } from 'node:fs';
import { lockFolder } from '../folder-lock.ts';

try {
  lockFolder(process.argv[2]);
  // With --expose-gc: what a long life would sooner or later collect.
  await new Promise((resolve) => setTimeout(resolve));
  globalThis.gc?.();
  writeSync(1, 'held\n');
  setInterval(() => undefined, 1000);
} catch (failure) {
  writeSync(1, `${(failure as Error).message}\n`);
}
