/**
 * The world outside the war room: customers open tickets as their journeys fail, an executive wants to know,
 * a customer reads the status page and compares.
 *
 * Reads   the one-second samples and what the team has told; never the fault. No chance is involved.
 * Paces   each persona speaks at most once in its interval, so that the inbox stays readable.
 */
import type { NewEvent } from '../protocol/events.ts';
import type { Persona, PersonaReason } from '../protocol/team-events.ts';
import type { StatusView } from '../protocol/team-views.ts';
import { badnessBetween, IMPACT_BADNESS } from './impact.ts';
import type { Incident } from './incident.ts';
import { countsBetween, endSecond } from './journey-samples.ts';

/** Failed user actions that make one ticket: most people try again or leave without a word. */
const FAILURES_PER_TICKET = 40;
/** How often tickets are counted, seconds. */
const TICKET_SECONDS = 20;
/** Least time between two messages of a persona, microseconds. */
const PACE_MICROS: { readonly [persona in Persona]: number } = {
  support: 180_000_000,
  executive: 150_000_000,
  customer: 120_000_000,
};
/** Impact that an executive lets pass without a status update, seconds. */
const SILENCE_SECONDS = 120;
/** Grace after a promised update, microseconds. */
const OVERDUE_MICROS = 30_000_000;
/** Window over which a customer judges a journey, seconds. */
const CUSTOMER_SECONDS = 30;

function ticketsOf(incident: Incident): NewEvent[] {
  const { state, setup } = incident;
  const now = endSecond(state.samples);
  const { outside } = state.team;
  if (state.impact.beganSecond < 0 || now % TICKET_SECONDS !== 0) return [];
  return setup.system.journeys.flatMap(({ name, title }, at): NewEvent[] => {
    const { bad } = countsBetween(state.samples, at, state.impact.beganSecond, now);
    const count = Math.floor(bad / (FAILURES_PER_TICKET * setup.loadScale)) - outside.tickets[at];
    if (count <= 0) return [];
    return [{ type: 'TicketsOpened', audience: 'everyone', journey: name, title, count }];
  });
}

/** Journeys that hurt now, by name. */
function hurting(incident: Incident): string[] {
  const { state, setup } = incident;
  const now = endSecond(state.samples);
  return setup.system.journeys
    .filter((journey, at) => {
      const { completed, bad } = countsBetween(state.samples, at, now - CUSTOMER_SECONDS, now);
      return completed > 0 && bad / completed > 2 * (1 - journey.objectiveRatio);
    })
    .map(({ name }) => name);
}

function titles(incident: Incident, names: readonly string[]): string {
  const { journeys } = incident.setup.system;
  return journeys
    .filter(({ name }) => names.includes(name))
    .map(({ title }) => `“${title}”`)
    .join(' and ');
}

function says(incident: Incident, persona: Persona, reason: PersonaReason, text: string): NewEvent[] {
  const { state, world } = incident;
  const last = state.team.outside.spokeMicros.get(persona);
  if (last !== undefined && world.cluster.nowMicros - last < PACE_MICROS[persona]) return [];
  return [{ type: 'PersonaSpoke', audience: 'everyone', persona, reason, text }];
}

function executive(incident: Incident, latest: StatusView | undefined): NewEvent[] {
  const { state, world } = incident;
  const now = world.cluster.nowMicros;
  const hurtFor = endSecond(state.samples) - state.impact.beganSecond;
  if (latest === undefined) {
    if (hurtFor < SILENCE_SECONDS) return [];
    return says(
      incident,
      'executive',
      'silence',
      'I hear of complaints, but our status page says nothing. What do users see, and when do we know more?',
    );
  }
  if (latest.state === 'resolved' || now < latest.nextDueMicros + OVERDUE_MICROS) return [];
  return says(
    incident,
    'executive',
    'overdue',
    'You promised an update, and the time has passed. What do I tell the board?',
  );
}

function customer(incident: Incident, latest: StatusView | undefined): NewEvent[] {
  if (latest === undefined) return [];
  const hurt = hurting(incident);
  const { state, setup } = incident;
  if (latest.state === 'resolved') {
    if (hurt.length > 0) {
      return says(
        incident,
        'customer',
        'false-all-clear',
        `Your page says it is resolved. ${titles(incident, hurt)} still fails for us.`,
      );
    }
    const thanked = state.team.inbox.some(({ reason }) => reason === 'thanks');
    if (thanked || !state.resolution.recovered) return [];
    return says(incident, 'customer', 'thanks', 'It works again for us. Thank you for keeping us posted.');
  }
  const unnamed = hurt.filter((name) => !latest.journeys.includes(name));
  const serious =
    badnessBetween(
      setup.system.journeys,
      state.samples,
      endSecond(state.samples) - CUSTOMER_SECONDS,
      endSecond(state.samples),
    ) >= IMPACT_BADNESS;
  if (unnamed.length === 0 || !serious) return [];
  return says(
    incident,
    'customer',
    'understated',
    `Your page does not name ${titles(incident, unnamed)}, and it fails for us. Do you know?`,
  );
}

/** What the world outside says at the end of a second. */
export function outsideTurn(incident: Incident): NewEvent[] {
  const { state } = incident;
  if (state.impact.beganSecond < 0) return [];
  const latest = state.team.status.at(-1);
  const over = state.impact.endedSecond >= 0;
  const impatient = over ? [] : executive(incident, latest);
  return [...ticketsOf(incident), ...impatient, ...customer(incident, latest)];
}
