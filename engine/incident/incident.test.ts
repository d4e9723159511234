import { describe, expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { testDeployment, testSystem, TEST_SERVICE } from '../platforms/kubernetes/test-world.ts';
import type { Command, CommandEnvelope } from '../protocol/commands.ts';
import { checkFrameSecrets, checkLog } from '../testing/check-log.ts';
import { scenarioFixture } from '../testing/fixtures.ts';
import { drawVariant } from './draw.ts';
import { frameFor } from './frame.ts';
import { openIncident, runIncident, runThrough } from './incident.ts';
import type { Incident, OpenOptions } from './incident.ts';
import { judgeIncident } from './judge.ts';
import { buildPrehistory } from './prehistory.ts';
import { incidentHash, restoreIncident, snapshotIncident } from './snapshot.ts';
import { submitCommand } from './submit.ts';

// Method: a tiny system of one program, half a minute of past, packets to one node lost from about second 20.

const system = testSystem([testDeployment(), TEST_SERVICE]);
const faulty = { params: { node: 'worker-1', port: 8080, share: 1 } };
const scenario = scenarioFixture(
  { prehistorySeconds: 30, onsetSeconds: [15, 25], timeLimitSeconds: 60 },
  faulty,
);
const harmless = scenarioFixture(
  { prehistorySeconds: 30, onsetSeconds: [15, 25], timeLimitSeconds: 60 },
  {
    params: { node: 'worker-4', port: 8080, share: 0.01 },
  },
);
const seed = seedFromText('7');
const setup = { scenario, system, loadScale: 1, telemetry: false };
const prehistory = buildPrehistory(setup, drawVariant(seed));

function opened(over: Partial<OpenOptions> = {}): Incident {
  return openIncident({ ...setup, seed, prehistory, ...over });
}

let sent = 0;
function say(incident: Incident, seat: string, command: Command) {
  return submitCommand(incident, { commandId: `test ${++sent}`, seat, command });
}

/** An incident that Ana has started. The command ids are the same each time, since they are hashed too. */
function started(over: Partial<OpenOptions> = {}): Incident {
  const incident = opened(over);
  const join: Command = { type: 'JoinSeat', name: 'Ana', kind: 'player' };
  submitCommand(incident, { commandId: 'join', seat: 'ana', command: join });
  submitCommand(incident, { commandId: 'start', seat: 'ana', command: { type: 'StartIncident' } });
  return incident;
}

describe('time', () => {
  it('stands still in the lobby, while paused and after the close', () => {
    const incident = opened();
    runIncident(incident, 10_000_000);
    expect(incident.world.cluster.nowMicros).toBe(0);
    say(incident, 'ana', { type: 'JoinSeat', name: 'Ana', kind: 'player' });
    say(incident, 'ana', { type: 'StartIncident' });
    runIncident(incident, 1_500_000);
    say(incident, 'ana', { type: 'Pause' });
    runIncident(incident, 10_000_000);
    expect(incident.world.cluster.nowMicros).toBe(1_500_000);
    say(incident, 'ana', { type: 'Resume' });
    runIncident(incident, 100_000_000);
    expect(incident.world.cluster.nowMicros).toBe(60_000_000);
    expect(incident.state.closed).toBe('time-limit');
    expect(checkLog(incident)).toEqual([]);
  });

  it('gives the same hash however it is sliced', () => {
    const hashes = [7_000, 100_000, 1_000_000].map((slice) => {
      const incident = started();
      for (let at = slice; at < 40_000_000; at += slice) runIncident(incident, at);
      runIncident(incident, 40_000_000);
      return incidentHash(incident);
    });
    expect(new Set(hashes).size).toBe(1);
  });

  it('gives the same hash when it is taken down and up again', () => {
    const whole = started();
    runIncident(whole, 40_000_000);
    const before = started();
    runIncident(before, 21_300_000);
    const after = restoreIncident(setup, snapshotIncident(before));
    expect(incidentHash(after)).toBe(incidentHash(before));
    runIncident(after, 40_000_000);
    expect(incidentHash(after)).toBe(incidentHash(whole));
  });

  it('begins with another variant of the past under another seed, and the same under the same', () => {
    const other = seedFromText('8');
    expect(incidentHash(opened())).toBe(incidentHash(opened()));
    expect(incidentHash(opened({ seed: other, prehistory: undefined }))).not.toBe(incidentHash(opened()));
  });
});

describe('a command', () => {
  it('sent twice is done once and answered the same', () => {
    const incident = started();
    const envelope: CommandEnvelope = {
      commandId: 'once',
      seat: 'ana',
      command: { type: 'PostMessage', text: 'Hi' },
    };
    const first = submitCommand(incident, envelope);
    const hash = incidentHash(incident);
    runIncident(incident, 2_000_000);
    expect(submitCommand(incident, envelope)).toEqual(first);
    expect(submitCommand(incident, { ...envelope, command: { type: 'EndIncident' } })).toEqual(first);
    expect(incident.state.events.filter((event) => event.type === 'MessagePosted')).toHaveLength(1);
    expect(hash).not.toBe(incidentHash(incident));
  });

  it('takes effect at the current moment, between slices', () => {
    const incident = started();
    runIncident(incident, 1_234_567);
    expect(say(incident, 'ana', { type: 'PostMessage', text: 'Hi' })).toMatchObject({
      atMicros: 1_234_567,
      seq: 3,
    });
    expect(incident.state.events.at(-1)).toMatchObject({
      type: 'MessagePosted',
      atMicros: 1_234_567,
      commandSeq: 3,
    });
  });

  it('that is refused is recorded, and refused again on a retry', () => {
    const incident = started();
    const envelope: CommandEnvelope = { commandId: 'no', seat: 'zoe', command: { type: 'EndIncident' } };
    const first = submitCommand(incident, envelope);
    expect(first.outcome).toMatchObject({ ok: false, rejection: { code: 'unknown-seat' } });
    expect(incident.state.events.at(-1)).toMatchObject({ type: 'CommandRefused', audience: { seat: 'zoe' } });
    expect(submitCommand(incident, envelope)).toEqual(first);
    expect(incident.state.phase).toBe('running');
  });

  it('changes the cluster while time runs, and not while it stands', () => {
    const incident = started();
    const target = { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'shop', name: 'web' };
    const scale: Command = {
      type: 'RunCluster',
      command: {
        type: 'PatchObject',
        target,
        subresource: '',
        patchType: 'merge',
        patch: { spec: { replicas: 4 } },
        fieldManager: 'kubectl',
        said: 'scaled',
      },
    };
    say(incident, 'ana', { type: 'Pause' });
    expect(say(incident, 'ana', scale).outcome).toMatchObject({ ok: false, rejection: { code: 'paused' } });
    say(incident, 'ana', { type: 'Resume' });
    expect(say(incident, 'ana', scale).outcome).toMatchObject({ ok: true, output: { ok: true } });
    runIncident(incident, 10_000_000);
    expect(incident.state.events.at(-1)).toMatchObject({ type: 'ClusterCommandRan', seat: 'ana' });
    expect(incident.state.baseline.objects.get('deployment/shop/web')).toBe(3);
  });
});

describe('secrets', () => {
  it('before the onset every draw shows the same frames, byte for byte', () => {
    const one = started();
    const other = started({ scenario: harmless });
    for (let second = 1; second * 1_000_000 < one.state.draw.onsetMicros; second++) {
      for (const incident of [one, other]) runIncident(incident, second * 1_000_000);
      const [left, right] = [one, other].map((incident) =>
        JSON.stringify(frameFor(incident, { kind: 'public' }, 0)),
      );
      expect(left).toBe(right);
    }
  });

  it('no frame of a running incident tells of the fault', () => {
    const incident = started();
    for (let second = 1; second < 60; second++) {
      runIncident(incident, second * 1_000_000);
      expect(checkFrameSecrets(incident, { kind: 'seat', seat: 'ana', roles: ['ops'] })).toEqual([]);
    }
    expect(incident.state.events.some((event) => event.type === 'FaultStarted')).toBe(true);
  });
});

describe('the judgement', () => {
  it('of an incident that nobody touched is that it did not recover', () => {
    const incident = started();
    runThrough(incident, 60_000_000);
    const { badness } = judgeIncident(incident);
    // What has not settled five minutes after the close is not followed further.
    expect(badness.length).toBe(60 + 300);
    expect(incident.state.events.find((event) => event.type === 'RecoveryJudged')).toMatchObject({
      recovery: 'none',
      heldAtClose: false,
    });
    const events = incident.state.events.length;
    judgeIncident(incident);
    expect(incident.state.events).toHaveLength(events);
  });
});

describe('time', () => {
  it("puts the commands of a moment before its events: an end by the host at the limit is the host's", () => {
    const incident = started();
    runIncident(incident, incident.state.timeLimitMicros);
    expect(incident.state.phase).toBe('running');
    submitCommand(incident, { commandId: 'end', seat: 'ana', command: { type: 'EndIncident' } });
    expect(incident.state.closed).toBe('host');
    const other = started();
    runThrough(other, other.state.timeLimitMicros);
    expect(other.state.closed).toBe('time-limit');
    expect(other.world.cluster.nowMicros).toBe(other.state.timeLimitMicros);
  });
});
