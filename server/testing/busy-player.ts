/** A player who keeps doing things, whatever becomes of the server, and comes back whenever there is one. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from './seeded-random.ts';
import type { TestPlayer } from './test-player.ts';

/** Below the rate that the room allows in the long run. */
const REST_MS_MIN = 60;
const REST_MS_MAX = 200;
/** More than so many unanswered things are not heaped up. */
const UNANSWERED_MAX = 6;
const COME_BACK_MS = 25;

/** Where the players go; null while there is nothing. */
export type Place = { origin: string | null; isOver: boolean };

/** Changes something that hurts nobody and can be counted afterwards. */
function annotation(name: string): string {
  return JSON.stringify({ metadata: { annotations: { [`kill-sweep/${name}`]: 'yes' } } });
}

/** Does one of the things that players do; each bears a text that no other bears. */
function act(player: TestPlayer, random: SeededRandom, turn: number): void {
  const name = `${player.name.toLowerCase()}-${turn}`;
  const kind = Math.floor(random() * 6);
  if (kind === 0) player.send({ type: 'AddNote', text: `note ${name}.`, followUp: '' });
  else if (kind === 1) {
    const [component, expectation] = ['node/worker-2', `guess ${name}.`];
    player.send({ type: 'AddHypothesis', component, mechanism: 'packet-loss', expectation });
  } else if (kind === 2) {
    player.startLine(`kubectl patch deployment polls --type=merge -p '${annotation(`line-${name}`)}'`);
  } else if (kind === 3) {
    const target = {
      group: 'apps',
      version: 'v1',
      resource: 'deployments',
      namespace: 'polls',
      name: 'polls',
    };
    player.send({
      type: 'RunCluster',
      command: {
        type: 'PatchObject',
        target,
        subresource: '',
        patchType: 'merge',
        patch: JSON.parse(annotation(`button-${name}`)),
        fieldManager: 'kill-sweep',
        said: 'patched',
      },
    });
  } else player.send({ type: 'PostMessage', text: `message ${name}.` });
}

function unansweredOf({ outbox, lines }: TestPlayer): number {
  return outbox.size + [...lines.values()].filter(({ ended }) => !ended).length;
}

/** Plays until it is over; answers with the number of times that the player came back. */
export async function keepBusy(player: TestPlayer, random: SeededRandom, place: Place): Promise<number> {
  let returns = 0;
  for (let turn = 1; !place.isOver;) {
    if (!player.isConnected) {
      const back = place.origin !== null && (await player.comeBack(place.origin).then(isTrue, isFalse));
      if (back) returns++;
      else await sleep(COME_BACK_MS);
      continue;
    }
    if (unansweredOf(player) < UNANSWERED_MAX) act(player, random, turn++);
    await sleep(REST_MS_MIN + random() * (REST_MS_MAX - REST_MS_MIN));
  }
  return returns;
}

function isTrue(): true {
  return true;
}

function isFalse(): false {
  return false;
}

/** Whether everything that a player sent has been answered. */
export function isAnswered(player: TestPlayer): boolean {
  return player.isConnected && unansweredOf(player) === 0;
}
