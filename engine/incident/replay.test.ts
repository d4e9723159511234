import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { testDeployment, testSystem, TEST_SERVICE } from '../platforms/kubernetes/test-world.ts';
import type { Acknowledgement } from '../protocol/acknowledgement.ts';
import type { Command, CommandEnvelope } from '../protocol/commands.ts';
import { SCRIPT_RULES } from '../protocol/game-rules.ts';
import type { ClusterObservation, JournalHeader, JournalRecord } from '../protocol/journal-record.ts';
import { scenarioFixture } from '../testing/fixtures.ts';
import { drawVariant } from './draw.ts';
import { openIncident, runIncident } from './incident.ts';
import type { Incident, OpenOptions } from './incident.ts';
import { buildPrehistory } from './prehistory.ts';
import { replayIncident } from './replay.ts';
import { seedFromHex, seedToHex } from './seed-hex.ts';
import { incidentHash, restoreIncident, snapshotIncident } from './snapshot.ts';
import { submitCommand } from './submit.ts';

// Method: the tiny system of incident.test.ts, played as the server plays: each input is recorded first.
vi.setConfig({ testTimeout: 60_000 });

const system = testSystem([testDeployment(), TEST_SERVICE]);
const scenario = scenarioFixture(
  { prehistorySeconds: 30, onsetSeconds: [15, 25], timeLimitSeconds: 60 },
  { params: { node: 'worker-1', port: 8080, share: 1 } },
);
const seed = seedFromText('7');
const setup = { scenario, system, loadScale: 1, telemetry: false };
const prehistory = buildPrehistory(setup, drawVariant(seed));

function opened(over: Partial<OpenOptions> = {}): Incident {
  return openIncident({ ...setup, seed, prehistory, ...over });
}

function header(over: Partial<JournalHeader> = {}): JournalHeader {
  return {
    type: 'header',
    journalVersion: 1,
    engineVersion: 'engine',
    scenarioId: scenario.id,
    scenarioHash: '',
    systemHash: '',
    prehistoryHash: '',
    variant: drawVariant(seed),
    seed: seedToHex(seed),
    rules: SCRIPT_RULES,
    loadScale: 1,
    startedAtUnixMs: 0,
    roomId: 'ROOM0001',
    ...over,
  };
}

/** An incident in play, with its journal. */
type Play = {
  incident: Incident;
  journal: JournalRecord[];
  answers: Acknowledgement[];
  say: (envelope: CommandEnvelope) => void;
  runTo: (atMicros: number) => void;
};

/** Records each input, then lets it take effect; a hash every ten seconds, so that short plays have some. */
function play(): Play {
  const incident = opened();
  const journal: JournalRecord[] = [header()];
  const answers: Acknowledgement[] = [];
  const now = () => incident.world.cluster.nowMicros;
  return {
    incident,
    journal,
    answers,
    say: (envelope) => {
      const earlier = incident.state.receipts.get(envelope.commandId);
      const seq = earlier?.seq ?? incident.state.commandSeq + 1;
      journal.push({ type: 'command', seq, atMicros: now(), envelope });
      answers.push(submitCommand(incident, envelope));
    },
    runTo: (atMicros) => {
      for (let second = Math.floor(now() / 1e6) + 1; second * 1e6 <= atMicros; second++) {
        runIncident(incident, second * 1e6);
        if (incident.state.phase !== 'running') return;
        journal.push({ type: 'mark', atMicros: now() });
        if (second % 10 === 0) {
          journal.push({ type: 'hash', atMicros: now(), stateHash: incidentHash(incident) });
        }
      }
      runIncident(incident, atMicros);
    },
  };
}

function envelope(commandId: string, command: Command, seat = 'ana'): CommandEnvelope {
  return { commandId, seat, command };
}

const SCALE: Command = {
  type: 'RunCluster',
  command: {
    type: 'PatchObject',
    target: { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'shop', name: 'web' },
    subresource: '',
    patchType: 'merge',
    patch: { spec: { replicas: 4 } },
    fieldManager: 'kubectl',
    said: 'scaled',
  },
};

/** A whole incident: a change, a pause, refusals, a command sent twice, the end by time. */
function playedWhole(): Play {
  const played = play();
  const { say, runTo } = played;
  say(envelope('join', { type: 'JoinSeat', name: 'Ana', kind: 'player' }));
  say(envelope('start', { type: 'StartIncident' }));
  runTo(3_141_592);
  say(envelope('stranger', { type: 'PostMessage', text: 'Who am I?' }, 'zoe'));
  say(envelope('hi', { type: 'PostMessage', text: 'Hi' }));
  runTo(12_000_001);
  say(envelope('hi', { type: 'PostMessage', text: 'Hi' }));
  say(envelope('pause', { type: 'Pause' }));
  say(envelope('not now', SCALE));
  say(envelope('resume', { type: 'Resume' }));
  runTo(25_500_000);
  say(envelope('scale', SCALE));
  runTo(100_000_000);
  played.journal.push({ type: 'end', atMicros: 60_000_000, reason: 'time-limit' });
  return played;
}

describe('a replay', () => {
  const played = playedWhole();
  const { journal } = played;

  it('comes to the same state, answers and end', () => {
    const replay = replayIncident(opened(), journal);
    expect(replay).toMatchObject({ stop: null, followed: journal.length, hashesAgreed: 6 });
    expect(replay.end).toEqual({ type: 'end', atMicros: 60_000_000, reason: 'time-limit' });
    expect(incidentHash(replay.incident)).toBe(incidentHash(played.incident));
    for (const answer of played.answers) {
      expect(replay.incident.state.receipts.get(answer.commandId)).toEqual(answer);
    }
  });

  it('refuses again what was refused, and does once what was sent twice', () => {
    const { state } = replayIncident(opened(), journal).incident;
    expect(state.receipts.get('stranger')?.outcome).toMatchObject({ rejection: { code: 'unknown-seat' } });
    expect(state.receipts.get('not now')?.outcome).toMatchObject({ rejection: { code: 'paused' } });
    expect(state.events.filter((event) => event.type === 'MessagePosted')).toHaveLength(1);
  });

  it('goes on from the last mark, as if nothing had been', () => {
    const at = journal.findIndex((record) => record.type === 'mark' && record.atMicros === 31_000_000);
    const { incident, end } = replayIncident(opened(), journal.slice(0, at + 1));
    expect(end).toBeNull();
    expect(incident.world.cluster.nowMicros).toBe(31_000_000);
    runIncident(incident, 100_000_000);
    expect(incidentHash(incident)).toBe(incidentHash(played.incident));
  });

  it('can begin at a snapshot', () => {
    const at = journal.findIndex((record) => record.type === 'command' && record.seq === 6);
    const half = replayIncident(opened(), journal.slice(0, at)).incident;
    const restored = restoreIncident(setup, snapshotIncident(half));
    const replay = replayIncident(restored, journal.slice(at));
    expect(replay.stop).toBeNull();
    expect(incidentHash(replay.incident)).toBe(incidentHash(played.incident));
  });

  it('comes to the same whatever is played', () => {
    const command: fc.Arbitrary<Command> = fc.oneof(
      fc.constantFrom<Command>(SCALE, { type: 'Pause' }, { type: 'Resume' }, { type: 'EndIncident' }),
      fc.string().map((text): Command => ({ type: 'PostMessage', text })),
      fc.constantFrom(0.5, 3).map((speed): Command => ({ type: 'SetSpeed', speed })),
    );
    const input = fc.record({
      waitMicros: fc.nat(4_000_000),
      id: fc.nat(20),
      seat: fc.constantFrom('ana', 'ana', 'zoe'),
      command,
    });
    fc.assert(
      fc.property(fc.array(input, { maxLength: 12 }), (inputs) => {
        const random = play();
        random.say(envelope('join', { type: 'JoinSeat', name: 'Ana', kind: 'player' }));
        random.say(envelope('start', { type: 'StartIncident' }));
        for (const { waitMicros, id, seat, command: asked } of inputs) {
          random.runTo(random.incident.world.cluster.nowMicros + waitMicros);
          random.say(envelope(`random ${id}`, asked, seat));
        }
        const replay = replayIncident(opened(), random.journal);
        expect(replay.stop).toBeNull();
        expect(incidentHash(replay.incident)).toBe(incidentHash(random.incident));
      }),
      { numRuns: 10 },
    );
  });
});

describe('a replay stops', () => {
  const { journal } = playedWhole();

  /** The journal with one record put in place of another. */
  function withRecord(index: number, record: JournalRecord): JournalRecord[] {
    return journal.with(index, record);
  }

  function indexOf(test: (record: JournalRecord) => boolean): number {
    return journal.findIndex(test);
  }

  it('at the first hash after a command that was not so', () => {
    const at = indexOf((record) => record.type === 'command' && record.envelope.commandId === 'hi');
    const record = { ...journal[at], envelope: envelope('hi', { type: 'PostMessage', text: 'Ho' }) };
    const replay = replayIncident(opened(), withRecord(at, record as JournalRecord));
    const index = indexOf(({ type }) => type === 'hash');
    const [recorded] = journal.filter(({ type }) => type === 'hash');
    expect(replay.stop).toMatchObject({ what: 'hash', index, atMicros: 10_000_000 });
    expect(replay.stop?.expected).toBe((recorded as { stateHash: string }).stateHash);
    expect(replay.stop?.got).toBe(incidentHash(replay.incident));
    expect(replay.followed).toBe(index);
  });

  it('where a command is missing', () => {
    const at = indexOf((record) => record.type === 'command' && record.envelope.commandId === 'stranger');
    const replay = replayIncident(opened(), journal.toSpliced(at, 1));
    expect(replay.stop).toEqual({
      what: 'command',
      index: at,
      atMicros: 3_141_592,
      expected: 'number 4',
      got: 'number 3',
    });
  });

  it('where time runs backwards', () => {
    const at = indexOf(({ type }) => type === 'hash');
    const replay = replayIncident(opened(), withRecord(at, { type: 'mark', atMicros: 9_999_999 }));
    expect(replay.stop).toMatchObject({ what: 'order', index: at, atMicros: 9_999_999 });
  });

  const otherSeed = seedToHex(seedFromText('8'));

  it.each<[Partial<JournalHeader>, string]>([
    [{ seed: otherSeed }, `seed ${otherSeed}`],
    [{ scenarioId: 'other' }, 'scenario other'],
    [{ loadScale: 0.1 }, 'load scale 0.1'],
    [{ journalVersion: 2 }, 'journal version 2'],
    [{ variant: -1 }, 'variant -1'],
  ])('at a header of another incident: %o', (over, expected) => {
    const replay = replayIncident(opened(), withRecord(0, header(over)));
    expect(replay.stop).toMatchObject({ what: 'header', index: 0, atMicros: 0, expected });
    expect(replay.followed).toBe(0);
  });

  it('at an end that did not come, but not at one by an upgrade', () => {
    const cut = journal.slice(0, 8);
    const atMicros = 5_000_000;
    const ended = replayIncident(opened(), [...cut, { type: 'end', atMicros, reason: 'resolved' }]);
    expect(ended.stop).toMatchObject({ what: 'end', expected: 'resolved', got: 'still open' });
    const reason = 'interrupted-by-upgrade';
    expect(replayIncident(opened(), [...cut, { type: 'end', atMicros, reason }]).stop).toBeNull();
  });

  it('at what a real cluster showed', () => {
    const observation: ClusterObservation = { kind: 'samples', series: [] };
    const record: JournalRecord = { type: 'observation', atMicros: 0, observation };
    expect(replayIncident(opened(), [record]).stop).toMatchObject({ what: 'observation' });
  });
});

it('a seed is 32 hex digits and back', () => {
  fc.assert(
    fc.property(fc.uint32Array({ minLength: 4, maxLength: 4 }), (words) => {
      expect([...seedFromHex(seedToHex(words))]).toEqual([...words]);
    }),
  );
  expect(seedToHex(Uint32Array.of(1, 0xffffffff, 0, 16))).toBe('00000001ffffffff0000000000000010');
  for (const wrong of ['', 'x'.repeat(32), 'A'.repeat(32), '0'.repeat(33)]) {
    expect(() => seedFromHex(wrong)).toThrow('32 lower-case hex digits');
  }
});
