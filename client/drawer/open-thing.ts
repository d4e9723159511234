/** Opens the panel of a thing over whatever is open; the browser's back closes it again. */
import type { Route } from '../state/route.svelte.ts';

/** Asks for the thing `kind/name` and, beside it, for whatever else is given. */
export function openThing(route: Route, id: string, besides: Readonly<Record<string, string>> = {}): void {
  const [path] = route.hash.split('?');
  const query = new URLSearchParams(route.address.query);
  for (const [name, value] of Object.entries({ ...besides, thing: id })) query.set(name, value);
  route.go(`${path || '#/'}?${query.toString()}`);
}
