/**
 * A player who clicks at random over all of the real system: nothing breaks, and little is earned.
 *
 * Why the mean   `rollout undo` of the one faulty deployment is the whole cure of some draws, so a click in
 *                some hundred earns what it should. Alone, more than 250 points are luck of that kind only.
 */
import { expect, it } from 'vitest';
import { drawVariant } from '@chaotic-good/engine/incident/draw';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { checkFrameSecrets, checkLog } from '@chaotic-good/engine/testing/check-log';
import { drive } from '@chaotic-good/engine/testing/drive';
import type { Drive } from '@chaotic-good/engine/testing/drive';
import { playRandomly } from '@chaotic-good/engine/testing/random-player';
import { pollsMystery } from '../library/polls-mystery/scenario.ts';
import { polls } from '../systems/polls/system.ts';

const SEEDS = ['1', '2', '3', '4', '5', '6'];
/** What it may earn, design §5. */
const POINTS_MAX = 250;
const TIME_LIMIT_SECONDS = 1200;
const MEAN_SECONDS = 20;

const COMPONENTS = [
  'deployment/polls',
  'statefulset/postgres',
  'deployment/traefik',
  'node/worker-1',
  'node/worker-2',
  'service/polls',
];
const WORKLOADS = [
  '-n polls deployment/polls',
  '-n polls statefulset/postgres',
  '-n edge deployment/traefik',
  '-n edge deployment/nothing',
];
const WORKLOAD_VERBS = [
  'get',
  'describe',
  'rollout status',
  'rollout restart',
  'rollout undo',
  'scale --replicas=0',
  'scale --replicas=1',
  'scale --replicas=3',
  'scale --replicas=9',
  'scale --replicas=-3',
  'set resources --limits=cpu=50m',
  'set resources --limits=memory=none',
  'delete',
  'frobnicate',
];
const NODES = ['worker-1', 'worker-2', 'worker-3'];
const NODE_VERBS = ['cordon', 'uncordon', 'drain', 'describe node'];
const OTHERS = [
  'get pods',
  'get events',
  'top pods',
  'logs deploy/polls',
  'patch deployment polls -p {"a":',
  '',
];

/** Every verb on every object: looks, harm and nonsense, the faulty part no likelier than another. */
const LINES = [
  ...WORKLOADS.flatMap((one) => WORKLOAD_VERBS.map((verb) => `kubectl ${verb} ${one}`)),
  ...NODES.flatMap((node) => NODE_VERBS.map((verb) => `kubectl ${verb} ${node}`)),
  ...OTHERS.map((words) => `kubectl -n polls ${words}`),
];

/** A whole incident under its clicks, and the same again. */
function clickTwice(seed: string): [Drive, Drive] {
  const setup = { scenario: pollsMystery, system: polls, loadScale: 0.1, telemetry: false };
  const prehistory = buildPrehistory(setup, drawVariant(seedFromText(seed)));
  const clicked = (): Drive => {
    const driven = drive(pollsMystery, { system: polls, seed, loadScale: 0.1, prehistory });
    playRandomly(
      driven,
      {
        seed: seedFromText(`clicks ${seed}`),
        seat: 'clicker',
        meanSeconds: MEAN_SECONDS,
        lines: LINES,
        components: COMPONENTS,
      },
      TIME_LIMIT_SECONDS,
    );
    return driven;
  };
  return [clicked(), clicked()];
}

/** What it was refused: commands and lines, with the reasons. */
function refusals({ incident }: Drive): string[] {
  return incident.state.events.flatMap((event) => {
    if (event.type === 'CommandRefused') return [`${event.command}: ${event.rejection.sentence}`];
    if (event.type === 'ScriptLineRefused') return [`${event.line}: ${event.rejection.sentence}`];
    return event.type === 'ClusterCommandRan' && !event.outcome.ok ? [event.outcome.stderr] : [];
  });
}

it('a random clicker breaks nothing, plays the same twice, and earns little', () => {
  const totals = SEEDS.map((seed) => {
    const [driven, again] = clickTwice(seed);
    expect(checkFrameSecrets(driven.incident, { kind: 'public' })).toEqual([]);
    expect(refusals(driven).length).toBeGreaterThan(0);
    expect(refusals(again)).toEqual(refusals(driven));
    expect(again.hash()).toBe(driven.hash());
    const { total } = driven.score();
    expect(checkLog(driven.incident)).toEqual([]);
    const judged = driven.incident.state.events.find((event) => event.type === 'RecoveryJudged');
    if (total > POINTS_MAX) expect(judged?.causeCured, `${total} points on seed ${seed}`).toBe(true);
    return total;
  });
  expect(totals.reduce((sum, total) => sum + total, 0) / totals.length).toBeLessThanOrEqual(POINTS_MAX);
});
