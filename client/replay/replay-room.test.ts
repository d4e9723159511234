import { describe, expect, it, vi } from 'vitest';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { drawVariant } from '@chaotic-good/engine/incident/draw';
import { openIncident, runIncident, runThrough } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import { seedToHex } from '@chaotic-good/engine/incident/seed-hex';
import { incidentHash } from '@chaotic-good/engine/incident/snapshot';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import { timelineOf } from '@chaotic-good/engine/incident/timeline';
import {
  testDeployment,
  testSystem,
  TEST_SERVICE,
} from '@chaotic-good/engine/platforms/kubernetes/test-world';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import { SCRIPT_RULES } from '@chaotic-good/engine/protocol/game-rules';
import type { CommandRecord } from '@chaotic-good/engine/protocol/journal-record';
import type { ReplayGame } from '@chaotic-good/engine/protocol/replay';
import type { RoomInfo, ServerMessage, WireFrame } from '@chaotic-good/engine/protocol/wire';
import { scenarioFixture } from '@chaotic-good/engine/testing/fixtures';
import { IncidentReel } from './incident-reel.ts';
import type { Eyes, ReplayNews } from './replay-messages.ts';
import { ReplayRoom } from './replay-room.ts';
import { SeatStream } from './seat-stream.ts';

// Method: a tiny incident of 100 s is played headless, each input recorded, then played again from those.
vi.setConfig({ testTimeout: 60_000 });

const END_SECOND = 100;
const [ADA, BO] = ['seat-ada', 'seat-bo'];
const AS_ADA: Eyes = { kind: 'seat', seat: ADA };
const AS_BO: Eyes = { kind: 'seat', seat: BO };
const TRUTH: Eyes = { kind: 'truth' };
const system = testSystem([testDeployment(), TEST_SERVICE]);
const scenario = scenarioFixture(
  { namespace: 'shop', prehistorySeconds: 30, onsetSeconds: [15, 25], timeLimitSeconds: END_SECOND },
  { params: { node: 'worker-1', port: 8080, share: 1 } },
);
const seed = seedFromText('7');
const setup = { scenario, system, loadScale: 1, telemetry: true };
const prehistory = buildPrehistory(setup, drawVariant(seed));

type Step = [second: number, seat: string, command: Command, line?: string];
const DELETED: Command = {
  type: 'RunCluster',
  command: {
    type: 'DeleteObject',
    target: { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'shop', name: 'web' },
    gracePeriodSeconds: null,
    propagationPolicy: 'Background',
  },
};
const LINE = 'kubectl delete deployment web';
const SEEN: Command = {
  type: 'Observed',
  observation: { tool: 'get', resource: 'pods', namespace: 'shop', names: [], detail: false },
};
const LOOK = 'kubectl get pods';
const PIPED = "kubectl get pods -o wide | grep 'web|x' | head -1";
const LIST = 'sleep 3; kubectl get nodes 2>&1 && kubectl get services > out.txt';
const LOOP = 'for pod in a b; do kubectl get pod $pod; done';
const NODES = [1, 2, 3, 4].map((number) => `worker-${number}`);
const FOLLOWED = 'kubectl get pods -w';
/** What kubectl shows of objects, by the same names as in the world of the test. */
const got = (resource: string, namespace: string, names: string[]): Command => ({
  type: 'Observed',
  observation: { tool: 'get', resource, namespace, names, detail: false },
});
const STEPS: Step[] = [
  [0, ADA, { type: 'JoinSeat', name: 'Incident commander', kind: 'player' }],
  [0, BO, { type: 'JoinSeat', name: 'Ops', kind: 'player' }],
  [0, ADA, { type: 'ChooseRole', role: 'incident-commander' }],
  [0, BO, { type: 'ChooseRole', role: 'ops' }],
  [0, ADA, { type: 'StartIncident' }],
  [12.25, BO, SEEN, LOOK],
  [31.5, ADA, { type: 'DeclareIncident', severity: 'SEV2' }],
  [44, ADA, { type: 'AnswerPlan', planId: 'none', approve: true }],
  [47.125, BO, DELETED, LINE],
  [50, BO, got('pods', 'shop', ['any']), PIPED],
  [54, BO, got('nodes', '', NODES), LIST],
  [58, BO, got('services', 'shop', ['web']), LIST],
  [59, BO, got('services', 'shop', ['web']), 'kubectl get services'],
  [62, BO, got('pods', 'shop', ['a']), LOOP],
  [66, BO, got('pods', 'shop', ['any']), FOLLOWED],
  [69, BO, got('pods', 'shop', ['any']), FOLLOWED],
  [70, BO, { type: 'PostMessage', text: 'It is quiet.' }],
];

/** The game as it was, with a full frame of each pair of eyes at some seconds. */
function playedLive(watched: readonly number[]) {
  const incident = openIncident({ ...setup, seed, prehistory });
  const records: CommandRecord[] = [];
  const frames = new Map<string, WireFrame>();
  let step = 0;
  for (let second = 0; second <= END_SECOND; second++) {
    for (; step < STEPS.length && STEPS[step][0] <= second; step++) {
      const [at, seat, command, cause] = STEPS[step];
      runIncident(incident, at * 1e6);
      const envelope = { commandId: `c${step}`, seat, command, ...(cause === undefined ? {} : { cause }) };
      records.push({ type: 'command', seq: records.length + 1, atMicros: at * 1e6, envelope });
      submitCommand(incident, envelope);
    }
    runThrough(incident, second * 1e6);
    if (!watched.includes(second)) continue;
    for (const eyes of [AS_ADA, AS_BO, TRUTH]) frames.set(key(second, eyes), wholeOf(incident, eyes));
  }
  return { incident, records, frames };
}

function key(second: number, eyes: Eyes): string {
  return `${second} ${JSON.stringify(eyes)}`;
}

/** A frame without its number. */
function wholeOf(incident: Incident, eyes: Eyes): WireFrame {
  return { ...new SeatStream().whole(incident, eyes), seq: 0 };
}

const WATCHED = [0, 1, 29, 30, 31, 32, 48, 60, 77, 99, END_SECOND];
const live = playedLive(WATCHED);

const game: ReplayGame = {
  header: {
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
  },
  records: live.records,
  seats: [
    { seat: ADA, role: 'Incident commander', kind: 'player' },
    { seat: BO, role: 'Ops', kind: 'player' },
  ],
  scenario,
  system,
  room: { code: 'ROOM0001', incidentId: 'ROOM0001' } as RoomInfo,
  closedAtMicros: live.incident.state.closedAtMicros,
};

function wound(over: Partial<ReplayGame> = {}): IncidentReel {
  const reel = new IncidentReel({ ...game, ...over }, prehistory.bytes);
  for (const _second of reel.wind(() => undefined));
  return reel;
}

/** A room at a second, and what it has said. */
function opened(second: number, eyes: Eyes) {
  const news: ReplayNews[] = [];
  const room = new ReplayRoom((one) => news.push(one));
  room.take({ type: 'load', game, prehistory: prehistory.bytes, eyes, second });
  const said = () => news.flatMap((one) => (one.type === 'room' ? [one.message] : []));
  const printed = () => said().flatMap((one) => (one.type === 'output' ? [one.text] : []));
  return { room, news, said, printed };
}

function frames(said: readonly ServerMessage[]): WireFrame[] {
  return said.flatMap((one) => (one.type === 'frame' ? [one.frame] : []));
}

describe('a reel', () => {
  it('comes to the state that the game came to, and again after going back', () => {
    const reel = wound();
    expect(reel.endSecond).toBe(END_SECOND);
    const hash = incidentHash(live.incident);
    expect(incidentHash(reel.incident)).toBe(hash);
    reel.seek(3);
    expect(incidentHash(reel.seek(END_SECOND))).toBe(hash);
  });

  it('shows at any second what each pair of eyes saw then, whatever was shown before', () => {
    const reel = wound();
    const order = [60, 31, 0, END_SECOND, 48, 77, 1, 30, 29, 99, 32, 32, 0];
    for (const second of order) {
      const incident = reel.seek(second);
      for (const eyes of [AS_BO, TRUTH, AS_ADA]) {
        expect(wholeOf(incident, eyes), key(second, eyes)).toEqual(live.frames.get(key(second, eyes)));
      }
    }
  });

  it('says so when it does not come to the recorded end, or another command gets a number', () => {
    expect(() => wound({ closedAtMicros: 99_000_000 })).toThrow('another end');
    const [first, ...rest] = live.records;
    expect(() => wound({ records: [{ ...first, seq: 5 }, ...rest] })).toThrow('parted');
  });
});

describe('a replay', () => {
  it('goes on from where it is shown as the room did: the frames add up to the full one', () => {
    const { room, said } = opened(28, AS_BO);
    room.take({ type: 'play', speed: 4 });
    for (let beat = 0; beat < 20; beat++) room.beat(1);
    const [first, ...rest] = frames(said());
    expect([first.full, rest.length, rest.at(-1)?.seq]).toEqual([true, 20, 21]);
    const merged = rest.reduce((view, frame) => ({ ...view, ...frame.view }), first.view);
    const timeline = [first, ...rest].flatMap(({ view }) => view.timeline ?? []);
    expect({ ...merged, timeline }).toEqual(live.frames.get(key(48, AS_BO))?.view);
  });

  it('stops at the end', () => {
    const { room, news } = opened(98, AS_ADA);
    room.take({ type: 'play', speed: 16 });
    room.beat(4);
    expect(news.at(-1)).toEqual({ type: 'at', second: END_SECOND, speed: 0 });
    expect(room.speed).toBe(0);
  });

  it('keeps what only one seat may know from the others, and shows it to the truth', () => {
    const refused = timelineOf(live.incident.state.events, { kind: 'referee' }, true).find(
      ({ kind }) => kind === 'command-refused',
    );
    const told = (eyes: Eyes) =>
      frames(opened(60, eyes).said()).flatMap(({ view }) => view.timeline?.map(({ seq }) => seq) ?? []);
    expect(refused?.seat).toBe(ADA);
    expect([told(AS_ADA), told(AS_BO), told(TRUTH)].map((seqs) => seqs.includes(refused!.seq))).toEqual([
      true,
      false,
      true,
    ]);
    const kinds = frames(opened(60, AS_ADA).said())[0].view.timeline?.map(({ kind }) => kind);
    expect(kinds).not.toContain('fault-started');
  });

  it('shows what a terminal ran at its moment, and only to the seat that ran it', () => {
    expect(opened(12, AS_BO).printed().join('')).not.toContain(LOOK);
    const later = opened(13, AS_BO).printed().join('');
    expect(later).toContain(`$ ${LOOK}`);
    expect(later).toMatch(/READY\s+STATUS/);
    expect(opened(60, AS_BO).printed().join('')).toContain(`$ ${LINE}`);
    expect(opened(60, AS_ADA).printed().join('')).not.toContain('kubectl');
  });

  it('shows a line with pipes or lists with the whole answers, and says what it does not know', () => {
    const runs = opened(75, AS_BO).printed().join('').split('$ ').slice(3);
    const [piped, list, alone, loop, followed, ...more] = runs;
    expect(more).toEqual([]);
    expect(piped).toMatch(/^kubectl get pods -o wide \| .*\n(NAME|No resources).*\n/);
    expect(piped).toMatch(/\(Whole answer, before the pipe;.*\)/);
    expect(list.startsWith(LIST)).toBe(true);
    expect(list).toMatch(/\nworker-1 [^]*\nweb /);
    expect(list.match(/before the pipe/g)).toHaveLength(1);
    expect(alone).toMatch(/\nweb /);
    expect(alone).not.toContain('recording');
    expect(loop).toMatch(/^for pod.*\n\S*\(What this line printed is not part of the recording\.\)/);
    expect(followed.match(/How it went on is not part/g)).toHaveLength(1);
  });

  it('answers what only looks as of then, and refuses what changes, pipes and chat', () => {
    const { room, said, printed } = opened(40, AS_BO);
    const type = (line: string) => {
      room.take({ type: 'say', message: { type: 'line', terminal: 'terminal-2', lineId: 'l', line } });
      return printed().at(-1);
    };
    expect(type('kubectl get pods')).toMatch(/NAME\s+READY/);
    expect(type('kubectl delete pod --all')).toContain('This is a replay');
    expect(type('kubectl get pods | grep web')).toContain('without pipes');
    const command: Command = { type: 'PostMessage', text: 'Hello' };
    room.take({ type: 'say', message: { type: 'command', commandId: 'x', command } });
    expect(said().at(-1)).toMatchObject({ type: 'refused', commandId: 'x' });
    const range = { fromMicros: -1e9, toMicros: 1e12, limit: 50 };
    room.take({
      type: 'say',
      message: { type: 'query', requestId: 'q', query: { kind: 'logs', search: range } },
    });
    const last = said().at(-1);
    expect(last).toMatchObject({ type: 'answer', requestId: 'q', ok: true });
    expect(JSON.stringify(last)).not.toMatch(/"atMicros":(4[1-9]|[5-9]\d)\d{6}\b/);
  });

  it('knows the moments at which somebody chose', () => {
    const ready = opened(0, TRUTH).news.find(({ type }) => type === 'ready');
    const points = ready?.type === 'ready' ? ready.points : [];
    expect(points.map(({ kind }) => kind)).toContain('write');
    expect(points).toContainEqual({
      second: 32,
      kind: 'declared',
      text: 'Incident commander: Declared an incident, SEV2',
    });
    expect(points.map(({ second }) => second)).toEqual(
      points.map(({ second }) => second).toSorted((a, b) => a - b),
    );
  });
});
