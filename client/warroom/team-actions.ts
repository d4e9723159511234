/** What the palette can do for a team: answers, claims, and the ways to plan, status page and notes. */
import { roomAddress } from '../state/address.ts';
import { waiting } from '../state/plan-words.ts';
import { leads, speaks } from '../state/role-duties.ts';
import type { RoomState } from '../state/room.svelte.ts';
import type { Route } from '../state/route.svelte.ts';
import type { Action } from './actions.ts';
import { claimActions } from './claim-actions.ts';

/** Where the incident stands in a column of its own, from so many pixels on. */
const WIDE_PIXELS = 960;
/** Until another tab of the phone is drawn, milliseconds. */
const DRAWN_MS = 60;

/** Focuses something of the incident; on a phone its tab comes first. */
function reach(room: RoomState, route: Route, id: string, press: boolean): () => void {
  return () => {
    if (innerWidth < WIDE_PIXELS) route.go(roomAddress(room.code, 'status'));
    setTimeout(() => {
      const place = document.getElementById(id);
      place?.scrollIntoView({ block: 'nearest' });
      place?.focus();
      if (press) place?.click();
    }, DRAWN_MS);
  };
}

function answers(room: RoomState): Action[] {
  if (!leads(room.me?.roles ?? [])) return [];
  return waiting(room.view?.plan ?? []).flatMap(({ planId, text }) =>
    [true, false].map((approve) => {
      const label = `${approve ? 'Yes' : 'No'}: ${text}`;
      const run = () => void room.do({ type: 'AnswerPlan', planId, approve }, label);
      return { group: 'Plan', label, run };
    }),
  );
}

function claims(room: RoomState): Action[] {
  return (room.info?.components ?? []).flatMap((component) =>
    claimActions(room, component).map(({ label, run }) => ({
      group: 'Claims',
      label: `${label} ${component}`,
      run,
    })),
  );
}

/** Everything of the team's work that this seat can do. */
export function teamActions(room: RoomState, route: Route): Action[] {
  if (room.watches) return [];
  const group = 'Plan';
  const status = { group, label: 'Update the status page', keys: 'g s' };
  return [
    ...answers(room),
    { group, label: 'Propose something to do', keys: 'g p', run: reach(room, route, 'plan-add', true) },
    { group, label: 'Put a theory on the board', run: reach(room, route, 'hypothesis-add', true) },
    { group, label: 'File the diagnosis', run: reach(room, route, 'diagnosis-file', true) },
    { group, label: 'Declare it resolved', run: reach(room, route, 'resolved-declare', true) },
    { group, label: 'Write a note', keys: 'n', run: reach(room, route, 'quick-note', false) },
    ...(speaks(room.me?.roles ?? []) ? [{ ...status, run: reach(room, route, 'status-update', true) }] : []),
    ...claims(room),
  ];
}
