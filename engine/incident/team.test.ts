import { describe, expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { testDeployment, testSystem, TEST_SERVICE } from '../platforms/kubernetes/test-world.ts';
import type { Command } from '../protocol/commands.ts';
import type { Happening } from '../protocol/events.ts';
import { BOOTH_RULES } from '../protocol/game-rules.ts';
import type { GameRules } from '../protocol/game-rules.ts';
import { checkFrameSecrets, checkLog } from '../testing/check-log.ts';
import { scenarioFixture } from '../testing/fixtures.ts';
import { drawVariant } from './draw.ts';
import { frameFor } from './frame.ts';
import { openIncident, runIncident } from './incident.ts';
import type { Incident, OpenOptions } from './incident.ts';
import { buildPrehistory } from './prehistory.ts';
import { incidentHash, restoreIncident, snapshotIncident } from './snapshot.ts';
import { submitCommand } from './submit.ts';

// Method: the tiny system of `incident.test.ts`; where users must be hurt, a facilitator sees to it. Seats
// say things, time passes, and the log and the frame are read.

const system = testSystem([testDeployment(), TEST_SERVICE]);
const warmUps = [
  {
    id: 'pods',
    title: 'List the pods',
    how: 'kubectl get pods',
    tab: 'terminal' as const,
    any: [{ tool: 'get' as const, resource: 'pods' }],
  },
];
const scenario = scenarioFixture(
  { prehistorySeconds: 30, onsetSeconds: [15, 25], timeLimitSeconds: 600, warmUps },
  {
    params: { node: 'worker-1', port: 8080, share: 1 },
    hints: ['Look at the network', 'Compare the nodes', 'Packets are lost'],
  },
);
const seed = seedFromText('7');
const setup = { scenario, system, loadScale: 1, telemetry: false };
const prehistory = buildPrehistory(setup, drawVariant(seed));
const CALM: GameRules = { mode: 'practice', calmSeconds: 90 };
const second = (at: number): number => at * 1_000_000;

let sent = 0;
function say(incident: Incident, seat: string, command: Command) {
  return submitCommand(incident, { commandId: `team ${++sent}`, seat, command });
}

/** An incident that Ana (commander), Bo and Cy have started. */
function started(over: Partial<OpenOptions> = {}): Incident {
  const incident = openIncident({ ...setup, seed, prehistory, ...over });
  for (const seat of ['ana', 'bo', 'cy'])
    say(incident, seat, { type: 'JoinSeat', name: seat, kind: 'player' });
  say(incident, 'ana', { type: 'StartIncident' });
  return incident;
}

function ofType<Type extends Happening['type']>(incident: Incident, type: Type) {
  return incident.state.events.filter((event) => event.type === type) as Extract<
    Incident['state']['events'][number],
    { type: Type }
  >[];
}

function teamOf(incident: Incident) {
  return frameFor(incident, { kind: 'seat', seat: 'ana', roles: [] }, 0);
}

/** Runs past the beginning of impact: a facilitator takes every pod away, for good. */
function hurt(over: Partial<OpenOptions> = {}): Incident {
  const incident = started(over);
  say(incident, 'eve', { type: 'JoinSeat', name: 'Eve', kind: 'facilitator' });
  runIncident(incident, second(30));
  const request = {
    verb: 'patch' as const,
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    namespace: 'shop',
    name: 'web',
    query: { patchType: 'merge' as const, fieldManager: 'eve' },
    body: { spec: { replicas: 0 } },
    seat: 'eve',
  };
  expect(say(incident, 'eve', { type: 'WriteWorld', request }).outcome.ok).toBe(true);
  runIncident(incident, second(120 + (over.rules?.calmSeconds ?? 0)));
  expect(incident.state.impact.beganSecond).toBeGreaterThan(0);
  return incident;
}

describe('the calm', () => {
  it('comes before the trouble and ends by itself', () => {
    const incident = started({ rules: CALM });
    const drawn = incident.state.draw.onsetMicros;
    expect(drawn).toBeGreaterThanOrEqual(second(105));
    expect(incident.state.timeLimitMicros).toBe(second(690));
    runIncident(incident, second(89));
    expect(teamOf(incident).calm).toMatchObject({ ended: false, endsMicros: second(90) });
    runIncident(incident, second(130));
    expect(ofType(incident, 'CalmEnded')).toMatchObject([{ early: false, atMicros: second(90) }]);
    expect(ofType(incident, 'FaultStarted')[0].atMicros).toBe(drawn);
    expect(incident.state.timeLimitMicros).toBe(second(690));
  });

  it('ends as soon as all who are here are ready, and brings onset and limit forward', () => {
    const incident = started({ rules: CALM });
    const drawn = incident.state.draw.onsetMicros;
    say(incident, 'cy', { type: 'ChooseRole', role: 'observer' });
    runIncident(incident, second(9.5));
    say(incident, 'ana', { type: 'ReadyForTrouble' });
    runIncident(incident, second(20.5));
    expect(incident.state.team.calm.ended).toBe(false);
    say(incident, 'bo', { type: 'ReadyForTrouble' });
    runIncident(incident, second(100));
    expect(ofType(incident, 'CalmEnded')).toMatchObject([{ early: true, atMicros: second(21) }]);
    expect(ofType(incident, 'FaultStarted')[0].atMicros).toBe(drawn - second(69));
    expect(incident.state.timeLimitMicros).toBe(second(621));
    expect(incident.state.draw.onsetMicros).toBe(drawn - second(69));
    expect(checkLog(incident)).toEqual([]);
  });

  it('that ended early replays to the same hash from a snapshot within it', () => {
    const play = (stop: boolean): string => {
      sent = 0;
      let incident = started({ rules: CALM });
      runIncident(incident, second(10));
      if (stop) incident = restoreIncident(setup, snapshotIncident(incident));
      for (const seat of ['ana', 'bo', 'cy']) say(incident, seat, { type: 'ReadyForTrouble' });
      runIncident(incident, second(60));
      return incidentHash(incident);
    };
    expect(play(true)).toBe(play(false));
  });

  it('tells nobody when the fault will begin', () => {
    const incident = started({ rules: CALM });
    for (const seat of ['ana', 'bo', 'cy']) say(incident, seat, { type: 'ReadyForTrouble' });
    runIncident(incident, second(10));
    expect(incident.state.team.calm.ended).toBe(true);
    expect(checkFrameSecrets(incident, { kind: 'seat', seat: 'ana', roles: [] })).toEqual([]);
    expect(ofType(incident, 'OnsetMoved')[0].audience).toBe('referee');
  });

  it('has things to find, once a seat', () => {
    const incident = started({ rules: CALM });
    const look = {
      tool: 'get' as const,
      resource: 'pods',
      namespace: 'polls',
      names: ['a'],
      detail: false,
    };
    say(incident, 'bo', { type: 'Observed', observation: look });
    say(incident, 'bo', { type: 'Observed', observation: look });
    expect(teamOf(incident).warmUps).toMatchObject([{ warmUpId: 'pods', doneBy: ['bo'] }]);
    expect(say(incident, 'bo', { type: 'ReadyForTrouble' }).outcome.ok).toBe(true);
    expect(say(incident, 'bo', { type: 'ReadyForTrouble' }).outcome.ok).toBe(false);
  });
});

describe('hints', () => {
  it('are free in practice, come in order, and not before users are hurt', () => {
    const incident = started();
    expect(say(incident, 'bo', { type: 'TakeHint' }).outcome).toMatchObject({
      ok: false,
      rejection: { code: 'no-impact-yet' },
    });
    const hurting = hurt();
    for (let level = 1; level <= 3; level++) {
      expect(say(hurting, 'bo', { type: 'TakeHint' }).outcome.ok).toBe(true);
    }
    expect(say(hurting, 'bo', { type: 'TakeHint' }).outcome).toMatchObject({
      rejection: { code: 'no-hint-left' },
    });
    expect(teamOf(hurting).hints.taken.map(({ text, priceShare }) => [text, priceShare])).toEqual([
      ['Look at the network', 0],
      ['Compare the nodes', 0],
      ['Packets are lost', 0],
    ]);
  });

  it('cost a share in a ranked game, told before', () => {
    const incident = hurt({ rules: { mode: 'ranked', calmSeconds: 0 } });
    expect(teamOf(incident).hints.nextPriceShare).toBe(0.02);
    say(incident, 'bo', { type: 'TakeHint' });
    expect(teamOf(incident).hints).toMatchObject({ taken: [{ priceShare: 0.02 }], nextPriceShare: 0.05 });
  });

  it('are offered after three minutes without a new kind of evidence', () => {
    const incident = hurt();
    const began = incident.state.impact.beganSecond;
    runIncident(incident, second(began + 179));
    expect(teamOf(incident).hints.suggested).toBe(false);
    runIncident(incident, second(began + 181));
    expect(teamOf(incident).hints.suggested).toBe(true);
    const look = { tool: 'top' as const, resource: 'pods' as const, namespace: 'polls', names: ['a'] };
    say(incident, 'bo', { type: 'Observed', observation: look });
    expect(teamOf(incident).hints.suggested).toBe(false);
  });
});

describe('the plan', () => {
  const propose: Command = { type: 'ProposePlan', text: 'Restart', line: '', component: 'deployment/polls' };

  it('waits for whoever leads, and opens to all after 20 s', () => {
    const incident = started();
    say(incident, 'bo', propose);
    expect(say(incident, 'cy', { type: 'AnswerPlan', planId: 'plan-1', approve: true }).outcome.ok).toBe(
      false,
    );
    runIncident(incident, second(21));
    expect(teamOf(incident).plan).toMatchObject([{ planId: 'plan-1', state: 'open', seat: 'bo' }]);
    say(incident, 'ana', { type: 'AnswerPlan', planId: 'plan-1', approve: false });
    expect(teamOf(incident).plan[0]).toMatchObject({ state: 'refused', answeredBy: 'ana' });
    expect(say(incident, 'bo', { type: 'FinishPlan', planId: 'plan-1', done: true }).outcome.ok).toBe(false);
  });

  it('takes what the lead proposes as approved, and ends with done', () => {
    const incident = started();
    say(incident, 'ana', propose);
    expect(teamOf(incident).plan[0].state).toBe('approved');
    say(incident, 'bo', { type: 'FinishPlan', planId: 'plan-1', done: true });
    expect(teamOf(incident).plan[0].state).toBe('done');
    say(incident, 'ana', { type: 'NameNext', text: 'Watch the votes' });
    expect(teamOf(incident).next).toMatchObject({ text: 'Watch the votes', seat: 'ana' });
  });
});

describe('claims', () => {
  const claim = (takeOver: boolean): Command => ({
    type: 'ClaimComponent',
    component: 'deployment/polls',
    takeOver,
  });

  it('warn the second, who may take over; they lapse by themselves', () => {
    const incident = started();
    say(incident, 'bo', claim(false));
    expect(say(incident, 'cy', claim(false)).outcome).toMatchObject({ rejection: { code: 'claimed' } });
    say(incident, 'cy', claim(true));
    expect(teamOf(incident).claims).toMatchObject([{ component: 'deployment/polls', seat: 'cy' }]);
    runIncident(incident, second(241));
    expect(teamOf(incident).claims).toEqual([]);
    expect(ofType(incident, 'ClaimReleased')).toMatchObject([{ expired: true }]);
  });

  it('go when their seat leaves', () => {
    const incident = started();
    say(incident, 'bo', claim(false));
    say(incident, 'bo', { type: 'LeaveSeat' });
    expect(teamOf(incident).claims).toEqual([]);
  });
});

describe('the status page', () => {
  const status = (state: 'investigating' | 'resolved', journeys: string[]): Command => ({
    type: 'PostStatus',
    journeys,
    severity: 'SEV2',
    state,
    nextUpdateMinutes: 2,
  });

  it('takes facts only, from those who speak for the team', () => {
    const incident = started();
    expect(say(incident, 'bo', status('investigating', [])).outcome).toMatchObject({
      rejection: { code: 'role-may-not' },
    });
    expect(say(incident, 'ana', status('investigating', ['nonsense'])).outcome).toMatchObject({
      rejection: { code: 'unknown-journey' },
    });
    const { name } = system.journeys[0];
    expect(say(incident, 'ana', status('resolved', [name])).outcome.ok).toBe(false);
    expect(say(incident, 'ana', status('investigating', [name])).outcome.ok).toBe(true);
    expect(teamOf(incident).status).toMatchObject([{ journeys: [name], nextDueMicros: second(120) }]);
  });

  it('is asked for when it is silent, and again when an update is overdue', () => {
    const incident = hurt();
    runIncident(incident, second(incident.state.impact.beganSecond + 125));
    expect(teamOf(incident).inbox.map(({ reason }) => reason)).toEqual(['silence']);
    say(incident, 'ana', status('investigating', [system.journeys[0].name]));
    runIncident(incident, incident.world.cluster.nowMicros + second(160));
    expect(teamOf(incident).inbox.map(({ reason }) => reason)).toEqual(['silence', 'overdue']);
  });

  it('that clears too early is contradicted by a customer', () => {
    const incident = hurt();
    say(incident, 'ana', status('resolved', []));
    runIncident(incident, incident.world.cluster.nowMicros + second(3));
    expect(teamOf(incident).inbox).toMatchObject([{ persona: 'customer', reason: 'false-all-clear' }]);
  });

  it('does not keep tickets away: they follow from failures', () => {
    const incident = hurt();
    runIncident(incident, second(300));
    const { bad } = incident.world.cluster.journeys[0];
    const [{ count }] = teamOf(incident).tickets;
    // One for forty, counted every 20 s from the second in which impact began.
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(bad / 40);
  });
});

describe('people', () => {
  it('who are away for 20 s can be replaced, and get the host back when they return', () => {
    const incident = started();
    say(incident, 'system', { type: 'Disconnected', seat: 'ana' });
    runIncident(incident, second(10));
    expect(say(incident, 'bo', { type: 'TakeRole', seat: 'ana' }).outcome).toMatchObject({
      rejection: { code: 'not-away' },
    });
    runIncident(incident, second(35));
    const seats = frameFor(incident, { kind: 'public' }, 0).seats;
    expect(seats[0].awaySinceMicros).toBe(0);
    say(incident, 'bo', { type: 'TakeRole', seat: 'ana' });
    const roles = frameFor(incident, { kind: 'public' }, 0).seats.map(({ roles: held }) => held[0]);
    expect(roles).toEqual(['ops', 'incident-commander', 'ops']);
    expect(incident.state.host).toBe('bo');
    say(incident, 'system', { type: 'Connected', seat: 'ana' });
    expect(incident.state.host).toBe('ana');
    expect(frameFor(incident, { kind: 'public' }, 0).seats[0].awaySinceMicros).toBeNull();
  });

  it('cannot join a locked room', () => {
    const incident = started();
    expect(say(incident, 'bo', { type: 'LockRoom', locked: true }).outcome.ok).toBe(false);
    say(incident, 'ana', { type: 'LockRoom', locked: true });
    expect(say(incident, 'dee', { type: 'JoinSeat', name: 'Dee', kind: 'player' }).outcome).toMatchObject({
      rejection: { code: 'room-locked' },
    });
    say(incident, 'ana', { type: 'LockRoom', locked: false });
    expect(say(incident, 'dee', { type: 'JoinSeat', name: 'Dee', kind: 'player' }).outcome.ok).toBe(true);
  });
});

describe('a ranked game', () => {
  it('has one clock for all, which only an empty room stops', () => {
    const incident = started({ rules: BOOTH_RULES });
    const commands: Command[] = [
      { type: 'Pause' },
      { type: 'SetSpeed', speed: 2 },
      { type: 'ExtendTime', seconds: 60 },
    ];
    for (const command of commands) {
      expect(say(incident, 'ana', command).outcome).toMatchObject({ rejection: { code: 'ranked' } });
    }
    expect(say(incident, 'system', { type: 'Pause' }).outcome.ok).toBe(true);
    expect(say(incident, 'system', { type: 'Resume' }).outcome.ok).toBe(true);
    expect(say(incident, 'ana', { type: 'EndIncident' }).outcome.ok).toBe(true);
  });
});

describe('the truth', () => {
  const diagnosis: Command = { type: 'FileDiagnosis', component: 'node/worker-1', mechanism: 'packet-loss' };

  it('is told at the close when a diagnosis is filed', () => {
    const incident = hurt();
    say(incident, 'bo', diagnosis);
    say(incident, 'ana', { type: 'EndIncident' });
    expect(incident.state.revealed).toBe(true);
  });

  it('waits for the diagnosis, or for the server', () => {
    const filed = hurt();
    say(filed, 'ana', { type: 'EndIncident' });
    expect(filed.state.revealed).toBe(false);
    expect(frameFor(filed, { kind: 'public' }, 0).timeline.map(({ kind }) => kind)).not.toContain(
      'fault-started',
    );
    say(filed, 'bo', diagnosis);
    expect(filed.state.revealed).toBe(true);
    expect(say(filed, 'bo', diagnosis).outcome.ok).toBe(false);

    const silent = hurt();
    say(silent, 'ana', { type: 'EndIncident' });
    expect(say(silent, 'ana', { type: 'RevealTruth' }).outcome.ok).toBe(false);
    expect(say(silent, 'system', { type: 'RevealTruth' }).outcome.ok).toBe(true);
    expect(silent.state.revealed).toBe(true);
  });
});
