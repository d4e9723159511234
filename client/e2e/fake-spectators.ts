/** The spectators' side of the recorded room, spoken as Socket.IO speaks, with roles instead of names. */
import type { Page, WebSocketRoute } from '@playwright/test';
import type { IncidentFrame, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import type { RoomInfo } from '@chaotic-good/engine/protocol/wire';
import type { JourneySignals, PublicCurves } from '../../server/spectators/public-message.ts';
import { CODE, demo } from './fake-server.ts';

const SERIES = {
  attempts: 'journey_attempts_total',
  failures: 'journey_failures_total',
  p99Ms: 'journey:duration_seconds:p99',
} as const;
const ROLES: Readonly<Record<string, string>> = {
  'seat-1': 'Incident commander',
  'seat-2': 'Ops 1',
  'seat-3': 'Ops 2',
  'seat-4': 'Comms',
  system: 'Server',
};

/** What the spectators of the recorded room are told. */
export type FakeRoom = {
  /** Second of the incident; −1 = the lobby, null = nothing is out yet. */
  second: number | null;
  /** What differs from the recording. */
  change?: Partial<IncidentFrame>;
  /** Which round it is; another one is another incident. */
  round?: number;
  /** Step to which the host has moved the debrief. */
  beat?: number;
  /** Whether the curve of nobody acting is known; it is unless told otherwise. */
  ghost?: boolean;
  /** Refuses everybody. */
  refused?: { why: 'no-room' | 'full'; sentence: string };
};

function roomInfo(): RoomInfo {
  const told = demo().messages.find(({ message }) => message.type === 'welcome')?.message;
  if (told?.type !== 'welcome') throw new Error('The recording has no welcome.');
  return told.room;
}

/** What the public is not told of what people typed. */
const TALK = new Set(['message-posted', 'note-added', 'evidence-pinned', 'next-action-named']);

/** A plan as the public knows it: what kind of act it is. */
function publicPlan(plan: IncidentFrame['plan'] = []): IncidentFrame['plan'] {
  return plan
    .filter(({ state }) => state === 'proposed' || state === 'approved' || state === 'open')
    .map((item) => ({ ...item, seat: '', answeredBy: '', line: '', component: '', text: 'a restart' }));
}

function publicEntry(entry: TimelineEntry): TimelineEntry {
  const text = entry.kind === 'plan-proposed' ? 'Proposes: a restart' : entry.text;
  return { ...entry, text, seat: ROLES[entry.seat] ?? entry.seat };
}

/** The view at a second, as spectators get it when they come. */
function viewAt(second: number): IncidentFrame {
  let view = {} as IncidentFrame;
  let timeline: TimelineEntry[] = [];
  for (const { atSecond, message } of demo().messages) {
    if (atSecond > second || message.type !== 'frame') continue;
    const { frame } = message;
    timeline = [...(frame.full ? [] : timeline), ...(frame.view.timeline ?? [])];
    view = { ...view, ...frame.view, atMicros: frame.atMicros };
  }
  const seats = view.seats.map((seat) => ({ ...seat, name: ROLES[seat.seat] ?? 'Observer' }));
  const told = timeline.filter(({ kind }) => !TALK.has(kind));
  return { ...view, seats, plan: publicPlan(view.plan), timeline: told.map(publicEntry) };
}

function signalsUntil(second: number): JourneySignals {
  const { series } = demo();
  const measured = series.filter(({ name }) => name === SERIES.attempts).flatMap(({ atMicros }) => atMicros);
  const last = Math.min(second, Math.max(...measured) / 1e6);
  const seconds = Array.from({ length: last + 121 }, (_, at) => at - 120);
  const names = [...new Set(series.flatMap(({ labels }) => labels.journey ?? []))];
  const journeys = names.map((name) => {
    const at = (part: keyof typeof SERIES, scale = 1) => {
      const found = series.filter((one) => one.name === SERIES[part] && one.labels.journey === name);
      const sums = new Map<number, number>();
      for (const { atMicros, values } of found) {
        atMicros.forEach((micros, index) => {
          sums.set(micros / 1e6, (sums.get(micros / 1e6) ?? 0) + values[index] * scale);
        });
      }
      return seconds.map((one) => sums.get(one) ?? null);
    };
    return { name, attempts: at('attempts'), failures: at('failures'), p99Ms: at('p99Ms', 1000) };
  });
  return { seconds, journeys };
}

function say(socket: WebSocketRoute, event: string, what: unknown): void {
  socket.send(`42/public,${JSON.stringify([event, JSON.stringify(what)])}`);
}

/** The curves of the debrief, as far as they are shown. */
function curvesUntil(second: number, ghost: boolean): PublicCurves {
  const [own = [], nobody = []] = (demo().debrief?.curves ?? []).map(({ values }) =>
    values.slice(0, second + 1),
  );
  return { own: { from: 0, values: own }, nobody: { from: 0, values: ghost ? nobody : [] } };
}

function tell(socket: WebSocketRoute, { second, change, round = 1, beat = 0, ghost = true }: FakeRoom): void {
  const { scenarioId, title, story, sentences, map, startedAtUnixMs } = roomInfo();
  const known = { scenarioId, title, story, sentences, map, startedAtUnixMs };
  const incidentId = round === 1 ? 'demo' : `ROUND00${round}`;
  say(socket, 'room', { code: CODE, incidentId, round, ...known, delaySeconds: 20 });
  if (second === null) return;
  const view = { ...viewAt(second), ...change };
  say(socket, 'signals', signalsUntil(Math.max(0, second)));
  if (second >= 0) say(socket, 'curves', curvesUntil(second, ghost));
  if (beat > 0) say(socket, 'beat', { incidentId, beat });
  say(socket, 'frame', { seq: 1, atMicros: view.atMicros, full: true, view, telemetry: null });
}

/** A faked spectators' side of a page. */
export class FakeSpectators {
  #room: FakeRoom;
  #sockets: WebSocketRoute[] = [];
  #isDown = false;

  constructor(room: FakeRoom) {
    this.#room = room;
  }

  /** Answers the page's sockets. */
  async serve(page: Page): Promise<void> {
    await page.routeWebSocket(/\/socket\.io\//, (socket) => this.#answer(socket));
  }

  /** The room goes on, and everybody who watches is told. */
  become(room: FakeRoom): void {
    this.#room = room;
    for (const socket of this.#sockets) tell(socket, room);
  }

  /** The server goes away, and does not come back until `restore`. */
  async cut(): Promise<void> {
    this.#isDown = true;
    await Promise.all(this.#sockets.splice(0).map((socket) => socket.close()));
  }

  /** The server is back. */
  restore(): void {
    this.#isDown = false;
  }

  #answer(socket: WebSocketRoute): void {
    if (this.#isDown) return void socket.close();
    this.#sockets.push(socket);
    const { refused } = this.#room;
    const hello = {
      sid: 'fake',
      upgrades: [],
      pingInterval: 600_000,
      pingTimeout: 600_000,
      maxPayload: 1000,
    };
    socket.onMessage((message) => {
      if (!String(message).startsWith('40/public,')) return;
      if (refused) {
        const { sentence, why } = refused;
        socket.send(`44/public,${JSON.stringify({ message: sentence, data: { why } })}`);
        return;
      }
      socket.send('40/public,{"sid":"fake"}');
      tell(socket, this.#room);
    });
    socket.send(`0${JSON.stringify(hello)}`);
  }
}
