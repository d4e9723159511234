/** Incidents that were really played, headless and at a tenth of the load, as the parts of a post-mortem. */
import { runDoNothing, runGolden } from '@chaotic-good/engine/incident/counterfactuals';
import { drawnInstance } from '@chaotic-good/engine/incident/draw';
import { openIncident, runIncident, runThrough } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { judgeIncident } from '@chaotic-good/engine/incident/judge';
import { horizonSeconds } from '@chaotic-good/engine/incident/scoring-input';
import { playLine } from '@chaotic-good/engine/incident/script';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { MoveLine } from '@chaotic-good/engine/protocol/scenario-spec';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import { buildDebrief } from '../../incidents/build-debrief.ts';
import { debriefSystem } from '../debrief-system.ts';
import { finishedParts } from '../finished-parts.ts';
import type { PostMortemParts } from '../parts.ts';
import { pinnedCharts } from '../pinned-charts.ts';

const SCENARIO = findScenario('polls-mystery')!;
/** People's names, which no document may tell. */
export const NAMES = ['Adalinda', 'Bosephus'];
const [ADA, BO] = ['seat-ada', 'seat-bo'];

/** An incident under way, with what plays it. */
export type Playing = {
  incident: Incident;
  /** The drawn truth. */
  instance: ReturnType<typeof drawnInstance>['instance'];
  /** Second at which the fault begins. */
  onsetSecond: number;
  /** One command of a seat, now. */
  say: (seat: string, command: Command) => void;
  /** One command of a seat, so many seconds after the onset. */
  at: (afterOnsetSeconds: number, seat: string, command: Command) => void;
  /** Types a line of a move at its time. */
  type: (line: MoveLine) => void;
  /** Lets time pass, seconds after the onset. */
  runTo: (afterOnsetSeconds: number) => void;
};

/** Two people take their seats: one leads, one acts. */
function seated(fault: string, instance: string) {
  const { scenario, system } = SCENARIO;
  const forced = { fault, instance };
  const options = { scenario, system, seed: seedFromText('7'), loadScale: 0.1, telemetry: true, forced };
  const incident = openIncident(options);
  const say = (seat: string, command: Command) => {
    const commandId = `played ${incident.state.commandSeq + 1}`;
    const { outcome } = submitCommand(incident, { commandId, seat, command });
    if (!outcome.ok) throw new Error(`${command.type}: ${outcome.rejection.sentence}`);
  };
  say(ADA, { type: 'JoinSeat', name: NAMES[0], kind: 'player' });
  say(BO, { type: 'JoinSeat', name: NAMES[1], kind: 'player' });
  say(ADA, { type: 'ChooseRole', role: 'incident-commander' });
  say(BO, { type: 'ChooseRole', role: 'ops' });
  say(SYSTEM_SEAT, { type: 'StartIncident' });
  const { draw } = incident.state;
  const micros = (afterOnsetSeconds: number) => draw.onsetMicros + afterOnsetSeconds * 1e6;
  const playing: Playing = {
    incident,
    instance: drawnInstance(scenario, draw).instance,
    onsetSecond: draw.onsetMicros / 1e6,
    say,
    at: (afterOnsetSeconds, seat, command) => {
      runIncident(incident, micros(afterOnsetSeconds));
      say(seat, command);
    },
    type: ({ afterOnsetSeconds, argv }) => {
      runIncident(incident, Math.max(incident.world.cluster.nowMicros, micros(afterOnsetSeconds)));
      playLine(incident, BO, argv);
    },
    runTo: (afterOnsetSeconds) => runThrough(incident, micros(afterOnsetSeconds)),
  };
  return { playing, options };
}

/** Plays an incident and gives its frozen result. */
export function playedGame(
  draw: { fault: string; instance: string },
  play: (playing: Playing, seats: { ada: string; bo: string }) => void,
): PostMortemParts {
  const { playing, options } = seated(draw.fault, draw.instance);
  play(playing, { ada: ADA, bo: BO });
  const { incident } = playing;
  if (incident.state.phase !== 'closed') playing.say(SYSTEM_SEAT, { type: 'EndIncident' });
  const judged = judgeIncident(incident);
  const horizon = horizonSeconds(incident);
  const runs = { doNothing: runDoNothing(options, horizon), golden: runGolden(options, horizon) };
  const header = {
    type: 'header' as const,
    journalVersion: 1,
    engineVersion: 'e'.repeat(32),
    scenarioId: SCENARIO.scenario.id,
    scenarioHash: '',
    systemHash: '',
    prehistoryHash: '',
    variant: 0,
    seed: '0'.repeat(32),
    rules: { mode: 'practice' as const, calmSeconds: 0 },
    loadScale: 0.1,
    startedAtUnixMs: Date.UTC(2026, 10, 26, 9, 30),
    roomId: '7KQ4M2XD',
  };
  const pinned = pinnedCharts(incident.telemetry, debriefSystem(SCENARIO.system), incident.state.events);
  const built = buildDebrief({ incident, header, judged, runs, pinned });
  const { firstSecond, count, journeys, counts } = incident.state.samples;
  return finishedParts({
    ...built,
    samples: { firstSecond, journeys, counts: Array.from(counts.subarray(0, count * journeys * 5)) },
    seats: [ADA, BO].map((seat) => ({ seat, role: built.roles.get(seat) ?? '', kind: 'player' as const })),
  });
}
