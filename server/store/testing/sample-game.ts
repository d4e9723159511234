/** A finished game for tests: small, but with everything in it. */
import type { FinishedGame, GameInputs } from '../finished-game.ts';

function inputsOf(id: string, text: string): GameInputs {
  return {
    header: {
      type: 'header',
      journalVersion: 1,
      engineVersion: 'a'.repeat(32),
      scenarioId: 'polls-mystery',
      scenarioHash: 'b'.repeat(32),
      systemHash: 'c'.repeat(32),
      prehistoryHash: 'd'.repeat(32),
      variant: 3,
      seed: '0123456789abcdef0123456789abcdef',
      rules: { mode: 'practice', calmSeconds: 0 },
      loadScale: 1,
      startedAtUnixMs: 1_795_000_000_000,
      roomId: id,
    },
    records: [
      {
        type: 'command',
        seq: 2,
        atMicros: 5_000_000_001,
        envelope: { commandId: 'c-2', seat: 'seat-1', command: { type: 'PostMessage', text } },
      },
    ],
  };
}

function debriefOf(id: string, text: string): FinishedGame['debrief'] {
  return {
    gameId: id,
    scenarioId: 'polls-mystery',
    title: 'Votes are failing',
    engineVersion: 'a'.repeat(32),
    seed: '0123456789abcdef0123456789abcdef',
    startedAtUnixMs: 1_767_708_300_000,
    closedAtMicros: 600_000_000,
    closed: 'resolved',
    players: 2,
    recovery: 'durable',
    truth: {
      title: 'Packets to one node are dropped',
      summary: 'A share is lost.',
      component: 'node/worker-1',
      mechanism: 'Packets are lost',
      onsetMicros: 30_000_000,
      impactBeganSecond: 31,
      golden: [{ afterOnsetSeconds: 140, line: 'kubectl cordon worker-1' }],
      evidence: [{ title: 'Retransmits', seenSecond: -1 }],
    },
    diagnosis: { component: 'node/worker-1', mechanism: 'Packets are lost' },
    score: { scoringVersion: 1, total: 871, rawPoints: 653.25, rawMax: 750, parts: [] },
    impact: {
      actual: { failedActions: 12, costCents: 340 },
      doNothing: { failedActions: 900, costCents: 21_000 },
      golden: { failedActions: 10, costCents: 300 },
    },
    curves: [{ name: 'As played', values: [0, 0.5, -1] }],
    journeys: [],
    broken: [],
    leftovers: [],
    timeline: [{ seq: 2, atMicros: 5, kind: 'message-posted', seat: 'Ops', text, tone: 'neutral' }],
  };
}

/** What a test may set. */
type SampleSettings = {
  playedAtUnixMs?: number;
  toldAtUnixMs?: number;
  text?: string;
  seedDay?: string;
  /** In place of what the debrief says otherwise. */
  debrief?: Partial<FinishedGame['debrief']>;
};

/** A game; what matters to a test is set by it. */
export function sampleGame(id: string, set: SampleSettings = {}): FinishedGame {
  const text = set.text ?? 'It works again';
  const playedAtUnixMs = set.playedAtUnixMs ?? 1_795_000_000_000;
  return {
    playedAtUnixMs,
    toldAtUnixMs: set.toldAtUnixMs ?? playedAtUnixMs + 900_000,
    events: [
      {
        type: 'IncidentStarted',
        timeLimitMicros: 1_200_000_000,
        audience: 'everyone',
        seq: 1,
        atMicros: 0,
        commandSeq: 1,
      },
      {
        type: 'MessagePosted',
        seat: 'Ops',
        text,
        audience: 'everyone',
        seq: 2,
        atMicros: 5_000_000_001,
        commandSeq: 2,
      },
    ],
    inputs: inputsOf(id, text),
    seats: [
      { seat: 'seat-1', role: 'Ops', kind: 'player' },
      { seat: 'seat-2', role: 'Facilitator', kind: 'facilitator' },
    ],
    seedDay: set.seedDay ?? null,
    samples: { firstSecond: -2, journeys: 1, counts: [1, 0, 0, 0, 0, 3, 1, 1, 0, 0] },
    debrief: { ...debriefOf(id, text), ...set.debrief },
  };
}
