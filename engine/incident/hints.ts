/** Hints: three of each drawn instance, dearer the more they give away, never before users are hurt. */
import type { HintsView } from '../protocol/team-views.ts';
import { accept, reject } from './decision.ts';
import type { Decision } from './decision.ts';
import { drawnInstance } from './draw.ts';
import type { Incident } from './incident.ts';

/** Share of the final score that each hint costs in a ranked game (game.md §3.2). */
const PRICE_SHARES = [0.02, 0.05, 0.1] as const;
/** Without a new kind of evidence for so long, a hint is offered, microseconds. */
const STUCK_MICROS = 180_000_000;

/** What the next hint costs; null when there is none, or users are not hurt yet. */
function nextPrice(incident: Incident): number | null {
  const { state, setup } = incident;
  const level = state.team.hints.length;
  const { instance } = drawnInstance(setup.scenario, state.draw);
  if (state.impact.beganSecond < 0 || level >= Math.min(PRICE_SHARES.length, instance.hints?.length ?? 0)) {
    return null;
  }
  return state.rules.mode === 'practice' ? 0 : PRICE_SHARES[level];
}

/** May the next hint be had? */
export function decideTakeHint(incident: Incident, seat: string): Decision {
  const { state, setup } = incident;
  if (state.impact.beganSecond < 0) {
    return reject('no-impact-yet', 'Nobody is hurt yet, so there is nothing to hint at.');
  }
  const priceShare = nextPrice(incident);
  const level = state.team.hints.length + 1;
  const { instance } = drawnInstance(setup.scenario, state.draw);
  const text = instance.hints?.[level - 1];
  if (priceShare === null || text === undefined) return reject('no-hint-left', 'There is no further hint.');
  return accept({ type: 'HintTaken', audience: 'everyone', seat, level, text, priceShare });
}

/** Hints as a screen shows them. Until users are hurt it is the same whatever was drawn. */
export function hintsView(incident: Incident): HintsView {
  const { state, world } = incident;
  const nextPriceShare = nextPrice(incident);
  const began = state.impact.beganSecond * 1_000_000;
  const newest = Math.max(state.team.curiosity.newestMicros, began, state.team.hints.at(-1)?.atMicros ?? 0);
  const suggested = nextPriceShare !== null && world.cluster.nowMicros - newest >= STUCK_MICROS;
  return { taken: state.team.hints.map((hint) => ({ ...hint })), nextPriceShare, suggested };
}
