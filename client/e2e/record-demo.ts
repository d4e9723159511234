/**
 * Records what one seat sees of a real incident, played headless: `node client/e2e/record-demo.ts [FILE]`.
 * The pages are developed and tested against the file; it is made anew whenever the engine changes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { frameFor } from '@chaotic-good/engine/incident/frame';
import { openIncident, runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { playLine } from '@chaotic-good/engine/incident/script';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { RoomInfo, ServerMessage, WireFrame } from '@chaotic-good/engine/protocol/wire';
import { telemetryFrame } from '@chaotic-good/engine/telemetry/frame';
import type { TelemetryCursor } from '@chaotic-good/engine/telemetry/frame';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import type { Recording } from '../net/recording.ts';
import { demoAnswers } from './demo-answers.ts';
import { demoDebrief } from './demo-debrief.ts';
import { demoFacts } from './demo-facts.ts';
import { demoRoom } from './demo-room.ts';
import { DEMO_END_SECOND, DEMO_SEAT, DEMO_SEATS, DEMO_STEPS, DEMO_TEAM } from './demo-script.ts';

const SEED = '1';
const TERMINAL = 'terminal-1';

/** Everything that the recording needs to remember between two seconds. */
type Recorder = {
  incident: Incident;
  messages: Recording['messages'];
  seq: number;
  view: Record<string, string>;
  cursor: TelemetryCursor | null;
  fromEvent: number;
  lines: number;
  room: RoomInfo;
  facts: Recording['facts'];
};

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(5));
}

function put(recorder: Recorder, message: ServerMessage): void {
  const second = recorder.incident.world.cluster.nowMicros / 1e6;
  recorder.messages.push({ atSecond: recorder.seq === 0 ? -1 : second, message });
}

/** The next frame of the seat: everything first, then what has changed. */
function putFrame(recorder: Recorder): void {
  const { incident } = recorder;
  const viewer = { kind: 'seat', seat: DEMO_SEAT, roles: ['incident-commander'] } as const;
  const { timeline, ...rest } = frameFor(incident, viewer, recorder.fromEvent);
  recorder.fromEvent = incident.state.events.length;
  const view: Partial<IncidentFrame> = timeline.length > 0 || recorder.seq === 0 ? { timeline } : {};
  for (const [key, value] of Object.entries(rest)) {
    const text = JSON.stringify(value);
    if (recorder.view[key] === text) continue;
    recorder.view[key] = text;
    Object.assign(view, { [key]: value });
  }
  let telemetry: WireFrame['telemetry'] = null;
  if (incident.telemetry !== null) {
    const { cursor, ...news } = telemetryFrame(incident.telemetry, incident.world, recorder.cursor);
    recorder.cursor = cursor;
    telemetry = {
      ...news,
      series: news.series
        .filter(({ name }) => !name.endsWith('_bucket'))
        .map((series) => ({ ...series, value: rounded(series.value) })),
    };
  }
  const full = recorder.seq === 0;
  put(recorder, {
    type: 'frame',
    frame: { seq: recorder.seq + 1, atMicros: rest.atMicros, full, view, telemetry },
  });
  recorder.seq++;
}

function say(recorder: Recorder, seat: string, command: Command): void {
  const { incident } = recorder;
  const commandId = `demo-${incident.state.commandSeq + 1}`;
  const ack = submitCommand(incident, { commandId, seat, command });
  if (!ack.outcome.ok) console.error(`${command.type}: ${ack.outcome.rejection.sentence}`);
  if (seat === DEMO_SEAT) put(recorder, { type: 'ack', ack });
}

/** Types a line; what it prints is news of the recorded seat only. */
function type(recorder: Recorder, seat: string, words: readonly string[]): void {
  const { stdout, stderr, exitCode } = playLine(recorder.incident, seat, words);
  if (seat !== DEMO_SEAT) return;
  const lineId = `demo-line-${++recorder.lines}`;
  const typed = `$ ${words.join(' ')}\n`;
  const output = { type: 'output', terminal: TERMINAL, lineId } as const;
  put(recorder, { ...output, stream: 'stdout', text: `${typed}${stdout}` });
  if (stderr !== '') put(recorder, { ...output, stream: 'stderr', text: stderr });
  put(recorder, { type: 'prompt', terminal: TERMINAL, lineId, exitCode, prompt: 'ana@polls:~$ ' });
}

/** Seats, start, every second up to the end, then the close. */
function play(recorder: Recorder): void {
  for (const { seat, name, role } of DEMO_SEATS) {
    say(recorder, seat, { type: 'JoinSeat', name, kind: 'player' });
    say(recorder, seat, { type: 'ChooseRole', role });
    if (seat !== DEMO_SEAT) say(recorder, seat, { type: 'SetReady', ready: true });
  }
  say(recorder, DEMO_SEAT, { type: 'NameTeam', name: DEMO_TEAM });
  putFrame(recorder);
  say(recorder, DEMO_SEAT, { type: 'StartIncident' });
  for (let second = 1; second <= DEMO_END_SECOND; second++) {
    runIncident(recorder.incident, second * 1_000_000);
    for (const step of DEMO_STEPS) {
      if (step.second !== second) continue;
      if ('words' in step) type(recorder, step.seat, step.words);
      else say(recorder, step.seat, step.command);
    }
    putFrame(recorder);
    recorder.facts.push(...demoFacts(recorder.incident, recorder.room));
  }
  say(recorder, SYSTEM_SEAT, { type: 'EndIncident' });
  putFrame(recorder);
}

/** Records, adds the answers that a room would give to questions, and writes the file. */
function record(file: string): void {
  const found = findScenario('polls-mystery');
  if (found === undefined) throw new Error('There is no scenario polls-mystery.');
  const setup = { ...found, loadScale: 1 };
  const options = { ...setup, seed: seedFromText(SEED) };
  const incident = openIncident({ ...options, telemetry: true });
  const room = demoRoom(found);
  const recorder: Recorder = {
    incident,
    messages: [],
    seq: 0,
    view: {},
    cursor: null,
    fromEvent: 0,
    lines: 0,
    room,
    facts: [],
  };
  put(recorder, { type: 'welcome', seat: DEMO_SEAT, room });
  play(recorder);
  const recording: Recording = {
    messages: recorder.messages,
    ...demoAnswers(incident),
    facts: recorder.facts,
    debrief: demoDebrief(incident, { ...options, telemetry: false }, SEED, room.startedAtUnixMs),
  };
  mkdirSync(dirname(file), { recursive: true });
  const text = JSON.stringify(recording);
  writeFileSync(file, text);
  console.log(`${file}: ${recording.messages.length} messages, ${Math.round(text.length / 1024)} KiB`);
}

record(process.argv[2] ?? join(import.meta.dirname, '.cache/demo.json'));
