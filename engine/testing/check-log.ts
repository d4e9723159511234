/** Checks that hold for every incident, whatever was played. Each answers what is wrong, in words. */
import type { Incident } from '../incident/incident.ts';
import { frameFor } from '../incident/frame.ts';
import type { Viewer } from '../protocol/audience.ts';
import { SECRET_SEQ_FIRST } from '../protocol/events.ts';

/** Numbers without gaps in both series, times that never go back, commands answered once. */
export function checkLog(incident: Incident): string[] {
  const wrong: string[] = [];
  let open = 0;
  let secret = SECRET_SEQ_FIRST - 1;
  let atMicros = -Infinity;
  for (const event of incident.state.events) {
    const isSecret = event.seq >= SECRET_SEQ_FIRST;
    const expected = isSecret ? ++secret : ++open;
    if (event.seq !== expected) wrong.push(`event ${event.type} has number ${event.seq}, not ${expected}`);
    if (event.atMicros < atMicros) wrong.push(`event ${event.type} lies before the one before it`);
    atMicros = event.atMicros;
  }
  const numbers = new Set([...incident.state.receipts.values()].map((receipt) => receipt.seq));
  if (numbers.size !== incident.state.commandSeq) {
    wrong.push(`${incident.state.commandSeq} commands but ${numbers.size} answers`);
  }
  return wrong;
}

/** Words that a frame must not hold before the debrief: seed, draw, secret kinds of events. */
function secretsOf(incident: Incident): string[] {
  const { draw, seed, events } = incident.state;
  const kinds = [
    'onset-drawn',
    'fault-started',
    'invariant-broken',
    'impact-began',
    'onsetMicros',
    'baseline',
  ];
  const numbers = events
    .filter((event) => event.seq >= SECRET_SEQ_FIRST)
    .map((event) => `"seq":${event.seq}`);
  return [...kinds, ...numbers, `"${draw.instance}"`, `${draw.onsetMicros}`, [...seed].join(',')];
}

/** What a frame gives away although it must not, as long as the incident is open. */
export function checkFrameSecrets(incident: Incident, viewer: Viewer): string[] {
  if (incident.state.phase === 'closed') return [];
  const text = JSON.stringify(frameFor(incident, viewer, 0));
  return secretsOf(incident)
    .filter((word) => text.includes(word))
    .map((word) => `the frame holds ${word}`);
}
