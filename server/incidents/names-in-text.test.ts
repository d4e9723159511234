import { describe, expect, it } from 'vitest';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import { roleWriter, writtenWithRoles } from './names-in-text.ts';

const SEATS: [seat: string, name: string, role: string][] = [
  ['s1', 'Ana', 'Incident commander'],
  ['s2', 'Jo Ann', 'Ops 1'],
  ['s3', 'Jo', 'Ops 2'],
  ['s4', 'vote', 'Comms'],
  ['s5', 'Max', 'Scribe'],
  ['s6', 'Zoë (EU)', 'Deputy'],
  ['s7', 'polls', 'Observer'],
  ['s8', 'Mary-Lou', 'Ops 3'],
  ['s9', '\\o/ [x] $1.*', 'Ops 4'],
];

const joined = SEATS.map(([seat, name]) => ({ type: 'SeatJoined', seat, name }) as IncidentEvent);
const incident = {
  state: { events: [...joined, { type: 'SeatRenamed', seat: 's3', name: 'Josephine' } as IncidentEvent] },
  setup: {
    system: {
      programs: [{ name: 'polls' }, { name: 'postgres' }],
      hosts: [{ name: 'worker-1' }],
      journeys: [{ name: 'vote', title: 'Vote' }],
    },
  },
} as unknown as Incident;
const write = roleWriter(incident, new Map(SEATS.map(([seat, , role]) => [seat, role])));

describe('names in what people wrote', () => {
  it.each([
    ['Ana, can you look?', 'Incident commander, can you look?'],
    ['@ana thinks so too; ask ANA.', '@Incident commander thinks so too; ask Incident commander.'],
    ['Jo Ann has it, Jo has not.', 'Ops 1 has it, Ops 2 has not.'],
    ['Josephine’s theory', 'Ops 2’s theory'],
    ['zoë (eu) restarts it', 'Deputy restarts it'],
    ['mary-lou, and \\o/ [x] $1.* too', 'Ops 3, and Ops 4 too'],
    ['ana:~$ kubectl get pods', 'Incident commander:~$ kubectl get pods'],
  ])('%s', (text, expected) => {
    expect(write(text, 2000)).toBe(expected);
  });

  it.each([
    'Analysis of the banana is canary work',
    'vote fails while polls waits',
    'max_connections is at its max',
    'ana-service-7f and /home/ana/x and ana.example.org are things',
    'jo is too short to be told in small letters',
  ])('leaves alone: %s', (text) => {
    expect(write(text, 2000)).toBe(text);
  });

  it('takes a word that is a name too for a name only as it is written at the table', () => {
    expect(write('Max says max 5', 2000)).toBe('Scribe says max 5');
  });

  it('makes no text longer than may be written, and leaves one that was refused too long', () => {
    const full = `${'x'.repeat(296)} Ana`;
    expect(write(full, 300)).toBe(`${'x'.repeat(296)} In…`);
    expect(write(`${'x'.repeat(400)} Ana`, 300).length).toBeGreaterThan(300);
  });

  it('changes what was written and nothing else', () => {
    const posted = { type: 'MessagePosted', seat: 's1', text: 'Ana here' } as const;
    expect(writtenWithRoles(posted, write)).toEqual({ ...posted, text: 'Incident commander here' });
    const planned = { type: 'ProposePlan', text: 'Ana undoes it', line: 'echo Ana', component: '' } as const;
    expect(writtenWithRoles(planned, write)).toEqual({ ...planned, text: 'Incident commander undoes it' });
    const alert = { type: 'AcknowledgeAlert', alertId: 'Ana' } as const;
    expect(writtenWithRoles(alert, write)).toBe(alert);
  });
});
