/** Records for tests: plausible, different from each other, in order of time. */
import { SCRIPT_RULES } from '@chaotic-good/engine/protocol/game-rules';
import type { CommandRecord, JournalHeader, MarkRecord } from '@chaotic-good/engine/protocol/journal-record';

/** A header. */
export function sampleHeader(roomId = 'ROOM0001'): JournalHeader {
  return {
    type: 'header',
    journalVersion: 1,
    engineVersion: 'engine-1',
    scenarioId: 'polls-mystery',
    scenarioHash: 'a'.repeat(32),
    systemHash: 'b'.repeat(32),
    prehistoryHash: 'c'.repeat(32),
    variant: 3,
    seed: '0123456789abcdef0123456789abcdef',
    rules: SCRIPT_RULES,
    loadScale: 1,
    startedAtUnixMs: 1_795_000_000_000,
    roomId,
  };
}

/** The command of a number. */
export function sampleCommand(seq: number, text = `message ${seq}`): CommandRecord {
  return {
    type: 'command',
    seq,
    atMicros: seq * 250_000,
    envelope: { commandId: `command-${seq}`, seat: 'ops-1', command: { type: 'PostMessage', text } },
  };
}

/** A mark. */
export function sampleMark(second: number): MarkRecord {
  return { type: 'mark', atMicros: second * 1_000_000 };
}
