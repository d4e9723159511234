/** What each role is for and where it starts, in the words of the lobby. */
import type { GameMode } from '@chaotic-good/engine/protocol/game-rules';
import type { Role } from '@chaotic-good/engine/protocol/roles';

/** A role as the lobby tells it. */
export type RoleGuide = { role: Role; title: string; short: string; sentence: string; moves: string[] };

/** Every role that can be picked, in the order of the list. */
export const ROLE_GUIDES: readonly RoleGuide[] = [
  {
    role: 'incident-commander',
    title: 'Incident commander',
    short: 'IC',
    sentence: 'Leads: decides what is done next and declares the incident resolved.',
    moves: [
      'Declare the incident and say how bad it is.',
      'Ask for one theory at a time, and who checks it.',
      'Answer what the others propose: after 20 s it is open to all.',
    ],
  },
  {
    role: 'ops',
    title: 'Ops',
    short: 'Ops',
    sentence: 'Looks into the system and changes it.',
    moves: [
      'Open the overview: which journey fails, since when.',
      'Follow the map from left to right to the first part that is not well.',
      'Check with kubectl before you change: get, describe, logs.',
    ],
  },
  {
    role: 'comms',
    title: 'Comms',
    short: 'Comms',
    sentence: 'Tells everyone else what is known.',
    moves: [
      'Post the first status update: who is hurt, how bad, how it stands.',
      'Promise the time of the next update, and keep it.',
      'Ask the commander before you name a cause.',
    ],
  },
  {
    role: 'scribe',
    title: 'Scribe',
    short: 'Scribe',
    sentence: 'Writes down what was seen, decided and done.',
    moves: [
      'Note every decision with its reason.',
      'Pin as evidence what decided it: a chart, a log line, a command.',
      'Hand over what stays open as a follow-up.',
    ],
  },
  {
    role: 'observer',
    title: 'Observer',
    short: 'Observer',
    sentence: 'Watches; changes nothing.',
    moves: ['Watch the impact.', 'Form a theory of your own.', 'Keep it for the debrief.'],
  },
];

/** Short words of roles, for the top bar. */
export const ROLE_SHORT: Readonly<Record<Role, string>> = {
  'incident-commander': 'IC',
  deputy: 'Deputy',
  ops: 'Ops',
  comms: 'Comms',
  scribe: 'Scribe',
  observer: 'Observer',
};

const SCORING: readonly [string, string][] = [
  ['Impact, 350', 'User actions that you saved: between nobody acting and the best known script.'],
  ['Diagnosis, 200', 'The faulty component 80, the mechanism 80, two pieces of evidence you looked at 40.'],
  ['Recovery, 200', 'All journeys hold, the cause is gone, nothing is broken or left open.'],
];

/** What the score is made of, in five lines; what costs points depends on how much is at stake. */
export function scoringLines(mode: GameMode): readonly [string, string][] {
  const costs: [string, string] =
    mode === 'ranked'
      ? ['Minus', 'Moves that hurt users or data, and hints; a hint says its price first.']
      : ['Minus', 'Nothing: this is practice. Harm is told in the debrief, and hints are free.'];
  const free = 'Theories on the board and time to think cost nothing. The sum is scaled to 1,000.';
  return [...SCORING, costs, ['Free', free]];
}
