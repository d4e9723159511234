/** Where this person is. */
import { readAddress } from './address.ts';

/** The address of the page, as it stands in the browser. */
export class Route {
  /** What stands behind the `#`. */
  hash = $state('');
  /** The page and what is asked of it. */
  address = $derived(readAddress(this.hash));
  #go: (hash: string, replace: boolean) => void;

  constructor(go: (hash: string, replace: boolean) => void) {
    this.#go = go;
  }

  /** One asked-for thing, '' when it is not there. */
  asked(name: string): string {
    return this.address.query.get(name) ?? '';
  }

  /** Goes somewhere. */
  go(hash: string): void {
    this.#go(hash, false);
  }

  /** Goes somewhere without a step back to here. */
  replace(hash: string): void {
    this.#go(hash, true);
  }

  /** Asks for something else of the same page, without a step back for each letter. */
  ask(changes: Readonly<Record<string, string>>): void {
    const [path] = this.hash.split('?');
    const query = new URLSearchParams(this.address.query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') query.delete(name);
      else query.set(name, value);
    }
    const asked = query.toString();
    this.#go(`${path || '#/'}${asked === '' ? '' : `?${asked}`}`, true);
  }
}
