import { expect, it } from 'vitest';
import { ROLES } from '../protocol/roles.ts';
import type { Role } from '../protocol/roles.ts';
import { runningWith } from '../testing/fixtures.ts';
import { AUTHORITY, verbClassOf, whyNot } from './authority.ts';
import type { VerbClass } from './authority.ts';
import type { IncidentState } from './incident-state.ts';
import { recordEvents } from './record.ts';
import { rolesOfSeats } from './role-combination.ts';

function wish(state: IncidentState, seat: string, role: Role): void {
  recordEvents(state, 10_000_000, 0, [{ type: 'RoleChosen', audience: 'everyone', seat, role }]);
}

it('one player holds every role', () => {
  expect(rolesOfSeats(runningWith('ana')).get('ana')).toEqual([
    'incident-commander',
    'deputy',
    'ops',
    'comms',
    'scribe',
  ]);
});

it('of two, the one who wished to command leads and speaks, the other is ops', () => {
  const state = runningWith('ana', 'ben');
  wish(state, 'ben', 'incident-commander');
  expect([...rolesOfSeats(state)]).toEqual([
    ['ana', ['ops']],
    ['ben', ['incident-commander', 'deputy', 'comms', 'scribe']],
  ]);
});

it('of three, one leads and two are ops', () => {
  expect([...rolesOfSeats(runningWith('ana', 'ben', 'cleo')).values()].map((roles) => roles[0])).toEqual([
    'incident-commander',
    'ops',
    'ops',
  ]);
});

it('of two or three, whoever wished for a role holds it, and the leader all that nobody else does', () => {
  const two = runningWith('ana', 'ben');
  wish(two, 'ben', 'comms');
  expect([...rolesOfSeats(two)]).toEqual([
    ['ana', ['incident-commander', 'deputy', 'scribe', 'ops']],
    ['ben', ['comms']],
  ]);
  const three = runningWith('ana', 'ben', 'cleo');
  wish(three, 'ana', 'scribe');
  wish(three, 'ben', 'incident-commander');
  expect([...rolesOfSeats(three)]).toEqual([
    ['ana', ['scribe']],
    ['ben', ['incident-commander', 'deputy', 'comms']],
    ['cleo', ['ops']],
  ]);
});

it('from four on everybody holds one role, and there is one commander', () => {
  const state = runningWith('ana', 'ben', 'cleo', 'dan');
  wish(state, 'ben', 'incident-commander');
  wish(state, 'cleo', 'incident-commander');
  wish(state, 'dan', 'scribe');
  expect([...rolesOfSeats(state).values()]).toEqual([
    ['ops'],
    ['incident-commander'],
    ['deputy'],
    ['scribe'],
  ]);
});

it('an observer does not count as a player', () => {
  const state = runningWith('ana', 'ben');
  wish(state, 'ben', 'observer');
  expect(rolesOfSeats(state).get('ben')).toEqual(['observer']);
  expect(rolesOfSeats(state).get('ana')).toHaveLength(5);
});

it('in practice everyone but observers does everything', () => {
  const verbs: VerbClass[] = ['read', 'safeWrite', 'riskyWrite', 'exec', 'social'];
  const table = ROLES.map(
    ({ role }) => `${role}: ${verbs.filter((verb) => AUTHORITY[role][verb]).join(' ')}`,
  );
  expect(table).toMatchInlineSnapshot(`
    [
      "incident-commander: read safeWrite riskyWrite exec social",
      "deputy: read safeWrite riskyWrite exec social",
      "ops: read safeWrite riskyWrite exec social",
      "comms: read safeWrite riskyWrite exec social",
      "scribe: read safeWrite riskyWrite exec social",
      "observer: read",
    ]
  `);
});

it('a seat that is not there may nothing', () => {
  expect(whyNot(runningWith('ana'), 'zoe', 'read')).toMatchObject({ code: 'unknown-seat' });
});

it('a pod may be deleted lightly, a policy not', () => {
  const target = { group: '', version: 'v1', resource: 'pods', namespace: 'polls', name: 'polls-1' };
  const remove = { type: 'DeleteObject', gracePeriodSeconds: null, propagationPolicy: 'Background' } as const;
  expect(verbClassOf({ ...remove, target })).toBe('safeWrite');
  expect(verbClassOf({ ...remove, target: { ...target, resource: 'networkpolicies' } })).toBe('riskyWrite');
  const inside = { namespace: 'polls', pod: 'polls-1', container: 'polls' };
  expect(verbClassOf({ type: 'SignalProcess', in: inside, signal: 'HUP' })).toBe('exec');
});
