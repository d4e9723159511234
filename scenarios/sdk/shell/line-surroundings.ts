/**
 * Clock and luck inside a shell line are those of the incident: `date`, `$SECONDS`, the times of files and
 * `$RANDOM` come from here.
 *
 * Why  The interpreter asks the globals `Date` and `Math.random`, and offers no other way. So they are
 *      replaced once, and answer differently only to code that runs on behalf of a line; to everything else
 *      in the process they are what they were.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** What a line runs in. */
export type LineSurroundings = {
  /** The incident's time, Unix milliseconds. */
  unixMs: () => number;
  /** A number in [0, 1). */
  random: () => number;
};

const current = new AsyncLocalStorage<LineSurroundings>();

/** `Date`, with another idea of now inside a line. */
function lineDate(real: DateConstructor): DateConstructor {
  const now = () => current.getStore()?.unixMs() ?? real.now();
  return new Proxy(real, {
    construct: (target, args: [], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    apply: () => new real(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
  });
}

let installed = false;

function install(): void {
  if (installed) return;
  installed = true;
  const { random } = Math;
  Math.random = () => current.getStore()?.random() ?? random();
  globalThis.Date = lineDate(Date);
}

/** Runs something, and all that it starts, in these surroundings. */
export function inSurroundings<T>(surroundings: LineSurroundings, run: () => T): T {
  install();
  return current.run(surroundings, run);
}

/** Runs something outside any line: the port's side of a call must not see the line's clock. */
export function outsideSurroundings<T>(run: () => Promise<T>): Promise<T> {
  return current.exit(run);
}
