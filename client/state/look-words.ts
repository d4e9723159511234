/** Where teammates look, in words and in places of the page. */
import type { SeatLook } from '@chaotic-good/engine/protocol/wire';

const TABS: Readonly<Record<string, string>> = {
  overview: 'the overview',
  logs: 'the logs',
  'terminal-1': 'a terminal',
  'terminal-2': 'a terminal',
  terminal: 'a terminal',
  team: "a teammate's terminal",
  status: 'the status',
  charts: 'the charts',
  channel: 'the channel',
  map: 'the map',
};

/** What one does, for a list of people: `looks at the logs · runs kubectl get pods`; '' when unknown. */
export function lookWords({ tab, thing, running }: SeatLook): string {
  const places = [thing, TABS[tab] ?? ''].filter((place) => place !== '');
  const parts = places.length > 0 ? [`looks at ${places.join(' and ')}`] : [];
  if (running !== '') parts.push(`runs ${running}`);
  return parts.join(' · ');
}

/** Names of the others who look at a tab, in order of coming. */
export function lookersAtTab(looks: readonly SeatLook[], own: string, tab: string): string[] {
  return looks.filter((look) => look.seat !== own && look.tab === tab).map(({ seat }) => seat);
}

/** Seats of the others whose panel of a thing is open, in order of coming. */
export function lookersAtThing(looks: readonly SeatLook[], own: string, thing: string): string[] {
  return looks.filter((look) => look.seat !== own && look.thing === thing).map(({ seat }) => seat);
}
