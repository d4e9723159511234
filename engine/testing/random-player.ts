/** A player who clicks at random: no knowledge, no malice, plenty of commands. For gates and robustness. */
import { drawBelow, drawExponential } from '../kernel/chance.ts';
import type { Seed } from '../kernel/chance.ts';
import { PURPOSE_PLAYER } from '../kernel/purposes.ts';
import type { Command } from '../protocol/commands.ts';
import { MECHANISMS } from '../protocol/mechanisms.ts';
import type { Drive } from './drive.ts';
import { playLine } from '../incident/script.ts';
import { splitWords } from './script-lines.ts';

/** How a random player plays. */
export type RandomPlayer = {
  /** Its luck; independent of the incident's. */
  seed: Seed;
  /** Its seat. */
  seat: string;
  /** Mean seconds between two actions. */
  meanSeconds: number;
  /** Console lines that it picks from; may hold selectors. */
  lines: readonly string[];
  /** Components that it names in a diagnosis. */
  components: readonly string[];
};

/** Commands that name what does not exist, or are not its own to give. */
const MISPLACED: readonly Command[] = [
  { type: 'AcknowledgeAlert', alertId: 'no such alert' },
  { type: 'CloseHypothesis', hypothesisId: 'no such hypothesis', verdict: 'refuted' },
  { type: 'PinEvent', eventSeq: 1_000_000 },
  { type: 'PostMessage', text: '' },
  { type: 'FileDiagnosis', component: 'no such component', mechanism: MECHANISMS[0].id },
  { type: 'StartIncident' },
  { type: 'SetSpeed', speed: -1 },
  { type: 'RemoveSeat', seat: 'nobody' },
];

/** One action: mostly a console line, now and then a diagnosis, a declaration or something misplaced. */
function act(driven: Drive, player: RandomPlayer, number: number): void {
  const pick = (index: number, count: number): number =>
    drawBelow(player.seed, PURPOSE_PLAYER, number, 0, index, count);
  const kind = pick(0, 20);
  if (kind === 0) driven.say(player.seat, { type: 'DeclareResolved' });
  else if (kind === 2) driven.say(player.seat, MISPLACED[pick(4, MISPLACED.length)]);
  else if (kind === 1) {
    const component = player.components[pick(1, player.components.length)];
    const mechanism = MECHANISMS[pick(2, MECHANISMS.length)].id;
    driven.say(player.seat, { type: 'FileDiagnosis', component, mechanism });
  } else {
    playLine(driven.incident, player.seat, splitWords(player.lines[pick(3, player.lines.length)]));
  }
}

/** Lets it play up to a second of incident time, or until the incident closes. */
export function playRandomly(driven: Drive, player: RandomPlayer, untilSecond: number): void {
  driven.say(player.seat, { type: 'JoinSeat', name: player.seat, kind: 'player' });
  let second = 0;
  for (let number = 0; ; number++) {
    second += player.meanSeconds * drawExponential(player.seed, PURPOSE_PLAYER, number, 1, 0);
    if (second >= untilSecond) break;
    driven.runTo(second);
    if (driven.incident.state.phase === 'closed') return;
    act(driven, player, number);
  }
  driven.runTo(untilSecond);
}
