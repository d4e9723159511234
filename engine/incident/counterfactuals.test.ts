import { describe, expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { TEST_SERVICE, testDeployment, testSystem } from '../platforms/kubernetes/test-world.ts';
import type { ClusterCommand } from '../protocol/cluster-commands.ts';
import { scenarioFixture } from '../testing/fixtures.ts';
import { runDoNothing, runGolden, runMoveAlone, runWhatIf } from './counterfactuals.ts';
import type { CounterfactualRun, RecordedInput } from './counterfactuals.ts';
import { drawVariant } from './draw.ts';
import { buildPrehistory } from './prehistory.ts';

// Method: a tiny system on which a harmless fault is drawn; all harm comes from the recorded commands.

const system = testSystem([testDeployment(), TEST_SERVICE]);
const scale = (replicas: number, name = 'web'): ClusterCommand => ({
  type: 'PatchObject',
  target: { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'shop', name },
  subresource: '',
  patchType: 'merge',
  patch: { spec: { replicas } },
  fieldManager: 'kubectl',
  said: 'scaled',
});
const line = (afterOnsetSeconds: number, words: string) => ({ afterOnsetSeconds, argv: words.split(' ') });
const golden = {
  id: 'golden',
  title: 'Golden',
  lines: [line(5, 'kubectl -n shop scale deployment/web --replicas=4')],
};
const scenario = scenarioFixture(
  { prehistorySeconds: 30, onsetSeconds: [15, 25], namespace: 'shop' },
  { params: { node: 'worker-4', port: 9999, share: 0.1 }, golden },
);
const seed = seedFromText('7');
const setup = { scenario, system, loadScale: 1, telemetry: false };
const options = { ...setup, seed, prehistory: buildPrehistory(setup, drawVariant(seed)) };
const HORIZON = 90;

function input(second: number, commandId: string, command: ClusterCommand): RecordedInput {
  const envelope = { commandId, seat: 'ana', command: { type: 'RunCluster', command } } as const;
  return { atMicros: second * 1_000_000, envelope };
}
const join: RecordedInput = {
  atMicros: 0,
  envelope: { commandId: 'join', seat: 'ana', command: { type: 'JoinSeat', name: 'Ana', kind: 'player' } },
};
const RECORDED = [join, input(30, 'to-zero', scale(0)), input(60, 'back', scale(3))];

const impact = (run: CounterfactualRun): number => run.badness.reduce((sum, second) => sum + second, 0);
const firstBad = (run: CounterfactualRun): number => run.badness.findIndex((second) => second > 0);

const asPlayed = runWhatIf(options, HORIZON, RECORDED, { change: 'drop', commandId: 'none' });
const nothing = runDoNothing(options, HORIZON, RECORDED);

describe('what if', () => {
  it('nobody had been there: nothing of what was done happens', () => {
    expect(impact(nothing)).toBe(0);
    expect(nothing.failedActions).toBe(0);
    expect(nothing.badness).toHaveLength(HORIZON);
  });

  it('nothing had been changed: users were hurt from the moment on', () => {
    expect(firstBad(asPlayed)).toBeGreaterThanOrEqual(30);
    expect(impact(asPlayed)).toBeGreaterThan(20);
    expect(asPlayed.costCents).toBe(asPlayed.failedActions);
  });

  it('the harmful command had been dropped: the run is the one with nobody there', () => {
    const run = runWhatIf(options, HORIZON, RECORDED, { change: 'drop', commandId: 'to-zero' });
    expect(run.badness).toEqual(nothing.badness);
  });

  it('it had come later: users are hurt later', () => {
    const run = runWhatIf(options, HORIZON, RECORDED, {
      change: 'move',
      commandId: 'to-zero',
      atMicros: 50_000_000,
    });
    expect(firstBad(run)).toBeGreaterThanOrEqual(50);
    expect(impact(run)).toBeLessThan(impact(asPlayed));
  });

  it('it had been another: that one runs', () => {
    const command = { type: 'RunCluster', command: scale(4) } as const;
    expect(
      impact(runWhatIf(options, HORIZON, RECORDED, { change: 'replace', commandId: 'to-zero', command })),
    ).toBe(0);
  });

  it('its target had been gone: the command is a recorded refusal', () => {
    const gone = [join, input(30, 'to-zero', scale(0, 'gone'))];
    const run = runWhatIf(options, HORIZON, gone, { change: 'drop', commandId: 'none' });
    expect(run.events.find((event) => event.type === 'ClusterCommandRan')).toMatchObject({
      outcome: { ok: false },
    });
    expect(impact(run)).toBe(0);
  });
});

describe('authored lines', () => {
  it('are timed from the onset and typed through the console', () => {
    const run = runGolden(options, HORIZON);
    const onset = run.events.find((event) => event.type === 'OnsetDrawn')?.onsetMicros ?? 0;
    expect(run.events.find((event) => event.type === 'ClusterCommandRan')).toMatchObject({
      atMicros: onset + 5_000_000,
      line: 'kubectl -n shop scale deployment/web --replicas=4',
      outcome: { ok: true },
    });
  });

  it('whose selectors find nobody are recorded refusals', () => {
    const move = {
      id: 'm',
      title: 'M',
      lines: [{ afterOnsetSeconds: 1, argv: ['kubectl', 'delete', 'pod', '{pods app=none}'] }],
    };
    const run = runMoveAlone(options, HORIZON, move);
    expect(run.events.find((event) => event.type === 'ScriptLineRefused')).toMatchObject({
      rejection: { code: 'selector-empty' },
    });
    expect(run.badness).toEqual(nothing.badness);
  });
});
