/**
 * Plays the recorded incident once more and keeps what a server keeps of it for a replay:
 * `node client/e2e/record-replay.ts [FOLDER] [END_SECOND]`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLine } from '@chaotic-good/engine/console/read-line';
import { drawnInstance, drawVariant } from '@chaotic-good/engine/incident/draw';
import { openIncident, runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import { seedToHex } from '@chaotic-good/engine/incident/seed-hex';
import { resolveSelectors } from '@chaotic-good/engine/incident/selectors';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import { SCRIPT_RULES } from '@chaotic-good/engine/protocol/game-rules';
import { JOURNAL_VERSION } from '@chaotic-good/engine/protocol/journal-record';
import type { CommandRecord } from '@chaotic-good/engine/protocol/journal-record';
import type { ReplayGame, ReplaySeat } from '@chaotic-good/engine/protocol/replay';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import { demoRoom } from './demo-room.ts';
import { DEMO_END_SECOND, DEMO_SEATS, DEMO_STEPS, DEMO_TEAM } from './demo-script.ts';

/** When somebody looks through a pipe. */
const PIPED_SECOND = 188;
const SEED = seedFromText('1');
const [FOLDER = join(import.meta.dirname, '.cache'), END = String(DEMO_END_SECOND)] = process.argv.slice(2);
const TITLES = ['Incident commander', 'Ops 1', 'Ops 2', 'Comms'];
const SEATS: ReplaySeat[] = DEMO_SEATS.map(({ seat }, at) => ({ seat, role: TITLES[at], kind: 'player' }));

/** Plays up to a second; names of people are their roles, as they are kept. */
function play(incident: Incident, endSecond: number): CommandRecord[] {
  const records: CommandRecord[] = [];
  const say = (seat: string, command: Command, cause?: string) => {
    const seq = records.length + 1;
    const envelope = { commandId: `demo-${seq}`, seat, command, ...(cause === undefined ? {} : { cause }) };
    const { nowMicros: atMicros } = incident.world.cluster;
    records.push({ type: 'command', seq, atMicros, envelope });
    submitCommand(incident, envelope);
  };
  const type = (seat: string, words: readonly string[], behind = '') => {
    const context = { seat, namespace: incident.setup.scenario.namespace };
    const resolved = resolveSelectors(incident.world, words, context.namespace);
    if (!resolved.ok) throw new Error(resolved.rejection.sentence);
    const { argv } = resolved;
    const { observed, commands } = readLine(incident.world, context, argv, '');
    const line = argv.map((word) => (/[\s|;"]/.test(word) ? `'${word}'` : word)).join(' ') + behind;
    for (const observation of observed) say(seat, { type: 'Observed', observation }, line);
    for (const command of commands) say(seat, { type: 'RunCluster', command }, line);
  };
  DEMO_SEATS.forEach(({ seat, role }, at) => {
    say(seat, { type: 'JoinSeat', name: TITLES[at], kind: 'player' });
    say(seat, { type: 'ChooseRole', role });
    if (at > 0) say(seat, { type: 'SetReady', ready: true });
  });
  say(DEMO_SEATS[0].seat, { type: 'NameTeam', name: DEMO_TEAM });
  say(DEMO_SEATS[0].seat, { type: 'StartIncident' });
  for (let second = 1; second <= endSecond; second++) {
    runIncident(incident, second * 1_000_000);
    if (second === PIPED_SECOND) type(DEMO_SEATS[1].seat, ['kubectl', 'get', 'nodes'], ' | grep worker');
    for (const step of DEMO_STEPS) {
      if (step.second !== second) continue;
      if ('words' in step) type(step.seat, step.words);
      else say(step.seat, step.command);
    }
  }
  say(SYSTEM_SEAT, { type: 'EndIncident' });
  return records;
}

/** Plays, and writes what a server answers. */
function record(): void {
  const subject = findScenario('polls-mystery');
  if (subject === undefined) throw new Error('There is no scenario polls-mystery.');
  const setup = { ...subject, loadScale: 1, telemetry: true };
  const prehistory = buildPrehistory(setup, drawVariant(SEED));
  const incident = openIncident({ ...setup, seed: SEED, prehistory });
  const records = play(incident, Number(END));
  const { choice, instance } = drawnInstance(subject.scenario, incident.state.draw);
  const room = { ...demoRoom(subject), incidentId: 'demo' };
  const game: ReplayGame = {
    header: {
      type: 'header',
      journalVersion: JOURNAL_VERSION,
      engineVersion: 'demo',
      scenarioId: subject.scenario.id,
      scenarioHash: '',
      systemHash: '',
      prehistoryHash: '',
      variant: prehistory.variant,
      seed: seedToHex(SEED),
      rules: SCRIPT_RULES,
      loadScale: setup.loadScale,
      startedAtUnixMs: room.startedAtUnixMs,
      roomId: 'demo',
    },
    records,
    seats: SEATS,
    scenario: { ...subject.scenario, faults: [{ ...choice, instances: [instance] }] },
    system: subject.system,
    room,
    closedAtMicros: incident.state.closedAtMicros,
  };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'replay-inputs.json'), JSON.stringify(game));
  writeFileSync(join(FOLDER, 'replay-prehistory'), prehistory.bytes);
}

record();
