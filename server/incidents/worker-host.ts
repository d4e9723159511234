/**
 * The incident host whose incidents run in a thread. A thread that dies is started again and goes on from the
 * journals; whoever waited for an answer gets it then, because commands are safe to repeat.
 */
import type { CommandEnvelope } from '@chaotic-good/engine/protocol/commands';
import { CallError, THREAD_GONE } from '../workers/call-error.ts';
import { WorkerLink } from '../workers/worker-link.ts';
import type { DebriefDesk } from './debrief-desk.ts';
import type { HostMethods } from './host-worker.ts';
import type {
  FrameText,
  HostAnswers,
  HostNews,
  HostQuery,
  IncidentHost,
  IncidentSummary,
  Onlooker,
  OpenRequest,
  SubmitAnswer,
  Subscription,
} from './incident-host.ts';
import type { IncidentThreadOptions, Recovered } from './incident-thread.ts';
import { streamKey } from './incident-streams.ts';
import type { StreamFrame } from './incident-streams.ts';
import type { PrehistoryDesk } from './prehistory-desk.ts';
import { seedKey } from './seed-key.ts';

/** Deaths of the thread within a minute after which starting it again is pointless. */
const DEATHS_MAX = 5;

/** What the host needs. */
export type WorkerHostOptions = {
  thread: IncidentThreadOptions;
  prehistories: PrehistoryDesk;
  debriefs: DebriefDesk;
  /** Told when the thread cannot be kept alive. */
  onHopeless: (error: Error) => void;
};

type Listener = { onlooker: Onlooker; seq: number; hear: ((frame: FrameText) => void) | null };

/** Runs incidents in a thread. */
export class WorkerIncidentHost implements IncidentHost {
  readonly #options: WorkerHostOptions;
  readonly #link: WorkerLink<HostMethods>;
  /** Streams by incident and key. */
  readonly #streams = new Map<string, Map<string, Listener>>();
  readonly #known = new Set<string>();
  readonly #newsListeners: ((news: HostNews) => void)[] = [];
  #deaths: number[] = [];
  #back: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: WorkerHostOptions) {
    this.#options = options;
    this.#link = new WorkerLink<HostMethods>({
      file: new URL('./host-worker.ts', import.meta.url),
      title: 'incidents',
      workerData: options.thread,
      onNews: (news, value) => this.#hear(news, value),
      onDeath: (reason) => (this.#back = this.#restart(reason)),
    });
  }

  /**
   * Starts the thread and brings back every incident that has a journal.
   *
   * @throws CallError with the code `locked` when another process has the folder.
   */
  async boot(awaySeconds: number): Promise<Recovered[]> {
    this.#link.start();
    const recovered = await this.#link.call('begin', { awaySeconds, present: this.#present() });
    for (const one of recovered) if (one.outcome === 'live') this.#takeUp(one.summary);
    return recovered;
  }

  async open({ scenarioId, seed, ...place }: OpenRequest): Promise<IncidentSummary> {
    const { prehistories } = this.#options;
    const seedHex = seed === null ? prehistories.drawSeed(scenarioId) : seedKey(seed);
    const prehistory = await prehistories.of(scenarioId, seedHex);
    const openedAtUnixMs = Date.now();
    const opened = await this.#call(() =>
      this.#link.call('open', { ...place, scenarioId, seedHex, prehistory, openedAtUnixMs }),
    );
    this.#known.add(place.incidentId);
    return opened;
  }

  /** False when there is too little room on the disk for another game, or nobody could run it now. */
  mayOpen(): Promise<boolean> {
    return this.#link.call('mayOpen', null).catch(() => false);
  }

  async list(): Promise<IncidentSummary[]> {
    const found = await Promise.allSettled(
      [...this.#known].map((incidentId) => this.query(incidentId, '', { kind: 'summary' })),
    );
    return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  submit(incidentId: string, envelope: CommandEnvelope): Promise<SubmitAnswer> {
    return this.#call(() => this.#link.call('submit', { incidentId, envelope }));
  }

  async query<Query extends HostQuery>(
    incidentId: string,
    seat: string,
    query: Query,
  ): Promise<HostAnswers[Query['kind']]> {
    const answer = await this.#call(() => this.#link.call('query', { incidentId, seat, query }));
    return answer as HostAnswers[Query['kind']];
  }

  subscribe(incidentId: string, onlooker: Onlooker, hear: (frame: FrameText) => void): Subscription {
    const key = streamKey(onlooker);
    const streams = this.#streams.get(incidentId) ?? new Map<string, Listener>();
    this.#streams.set(incidentId, streams);
    const listener: Listener = { onlooker, seq: streams.get(key)?.seq ?? 0, hear };
    streams.set(key, listener);
    const ask = () => {
      if (streams.get(key) === listener) this.#subscribe(incidentId, listener);
    };
    ask();
    return {
      refresh: ask,
      end: () => {
        if (streams.get(key) !== listener) return;
        // Its number is kept: the numbers of a stream go on when somebody looks again.
        listener.hear = null;
        void this.#link.call('unsubscribe', { incidentId, onlooker }).catch(() => undefined);
      },
    };
  }

  onNews(listener: (news: HostNews) => void): void {
    this.#newsListeners.push(listener);
  }

  snapshot(incidentId: string): Promise<Uint8Array> {
    return this.#call(() => this.#link.call('snapshot', incidentId));
  }

  async retire(incidentId: string): Promise<void> {
    await this.#call(() => this.#link.call('retire', incidentId));
    this.#known.delete(incidentId);
    this.#streams.delete(incidentId);
    this.#options.debriefs.forget(incidentId);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#options.debriefs.close();
    await this.#link.call('close', null).catch(() => undefined);
    await this.#link.stop();
  }

  /** For tests: lets the thread die as if by itself. */
  killThread(): void {
    this.#link.kill();
  }

  /** Calls, and calls again when the thread died meanwhile and is back. */
  async #call<T>(call: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      await this.#back;
      try {
        return await call();
      } catch (error) {
        const gone = error instanceof CallError && error.code === THREAD_GONE;
        if (!gone || attempt >= DEATHS_MAX || this.#isClosed) throw error;
      }
    }
  }

  /** Seats that somebody listens on, by incident. */
  #present(): { [incidentId: string]: string[] } {
    const present: { [incidentId: string]: string[] } = {};
    for (const [incidentId, streams] of this.#streams) {
      const here = [...streams.values()].filter(({ hear }) => hear !== null);
      present[incidentId] = here.flatMap(({ onlooker }) => (onlooker.kind === 'seat' ? [onlooker.seat] : []));
    }
    return present;
  }

  #subscribe(incidentId: string, { onlooker, seq }: Listener): void {
    void this.#link.call('subscribe', { incidentId, onlooker, fromSeq: seq }).catch(() => undefined);
  }

  /** Takes up an incident that came back: its streams go on, and a closed one gets its debrief. */
  #takeUp(summary: IncidentSummary): void {
    const { incidentId, phase } = summary;
    this.#known.add(incidentId);
    for (const listener of this.#streams.get(incidentId)?.values() ?? []) {
      if (listener.hear !== null) this.#subscribe(incidentId, listener);
    }
    if (summary.revealed) void this.#debrief(incidentId);
    else if (phase !== 'lobby' && phase !== 'closed') void this.#prepareDebrief(incidentId);
  }

  async #restart(reason: Error): Promise<void> {
    if (this.#isClosed) return;
    const nowMs = performance.now();
    this.#deaths = [...this.#deaths.filter((deathMs) => nowMs - deathMs < 60_000), nowMs];
    process.stderr.write(`The incidents' thread died: ${reason.stack ?? reason.message}\n`);
    if (this.#deaths.length >= DEATHS_MAX) return this.#options.onHopeless(reason);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.boot((performance.now() - nowMs) / 1000);
        return;
      } catch (error) {
        // The dead thread's lock goes with it, but not always at once.
        if (attempt >= 20) return this.#options.onHopeless(error as Error);
        await this.#link.stop();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  #hear(type: string, value: unknown): void {
    const news = value as { incidentId: string };
    if (type === 'frames') {
      const { incidentId, frames } = value as { incidentId: string; frames: StreamFrame[] };
      const streams = this.#streams.get(incidentId);
      for (const { key, ...frame } of frames) {
        const listener = streams?.get(key);
        if (listener === undefined) continue;
        listener.seq = frame.seq;
        listener.hear?.(frame);
      }
      return;
    }
    this.#tell({ ...news, type } as HostNews);
    if (type === 'closed') void this.#debrief(news.incidentId);
    if (type === 'calmOver') void this.#prepareDebrief(news.incidentId);
  }

  #tell(news: HostNews): void {
    for (const listener of this.#newsListeners) listener(news);
  }

  async #prepareDebrief(incidentId: string): Promise<void> {
    try {
      this.#options.debriefs.started(await this.#link.call('trouble', incidentId));
    } catch {
      // Then it is computed at the end.
    }
  }

  async #debrief(incidentId: string): Promise<void> {
    try {
      const closed = await this.#call(() => this.#link.call('closed', incidentId));
      await this.#options.debriefs.closed(closed);
      this.#tell({ type: 'debriefed', incidentId });
    } catch (error) {
      if (this.#isClosed) return;
      process.stderr.write(`The debrief of ${incidentId} failed: ${(error as Error).stack}\n`);
      const text = 'The debrief could not be computed because of a bug of ours. The recording is kept.';
      this.#tell({ type: 'notice', incidentId, level: 'bad', text });
    }
  }
}
