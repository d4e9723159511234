/** The whole server, put together: from settings to a listening address, and back down in good order. */
import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { addApi } from './api/api.ts';
import type { Config } from './config/config.ts';
import { isLoopback, reachableUrls } from './config/reachable-urls.ts';
import type { ReachableUrls } from './config/reachable-urls.ts';
import { Refusal } from './config/refusal.ts';
import { AliveFile } from './incidents/alive-file.ts';
import { BackgroundDesk } from './incidents/background-desk.ts';
import { DebriefDesk } from './incidents/debrief-desk.ts';
import { engineVersion } from './incidents/engine-version.ts';
import type { Recovered } from './incidents/incident-thread.ts';
import { offeredScenarios } from './incidents/subject-hashes.ts';
import { PrehistoryDesk } from './incidents/prehistory-desk.ts';
import { ReplayDesk } from './incidents/replay-desk.ts';
import { WorkerIncidentHost } from './incidents/worker-host.ts';
import { lockFolder } from './journal/folder-lock.ts';
import type { FolderLock } from './journal/folder-lock.ts';
import { StoreError } from './journal/store-error.ts';
import { PostMortemDesk } from './post-mortem/post-mortem-desk.ts';
import { ColyseusTransport } from './rooms/colyseus-transport.ts';
import { addressOf, guardFront, takeListeners } from './rooms/front-guard.ts';
import type { Refused } from './rooms/front-guard.ts';
import { JoinGate } from './rooms/join-gate.ts';
import { readRoomCode } from './rooms/room-code.ts';
import { RoomRegistry } from './rooms/room-registry.ts';
import { Sessions } from './rooms/sessions.ts';
import { LaterStore } from './store/later-store.ts';
import type { Store } from './store/store.ts';
import { WitnessBook } from './store/witness-book.ts';
import { SpectatorNamespace } from './spectators/spectator-namespace.ts';
import { TerminalPool } from './terminals/terminal-pool.ts';

/** How a server is started. */
export type GameServerOptions = {
  config: Config;
  /** Opens the store of finished games. */
  openStore: () => Promise<Store>;
  /** Told when going on makes no sense. */
  onHopeless: (error: Error) => void;
};

/** A running server. */
export class GameServer {
  readonly #config: Config;
  readonly #lock: FolderLock;
  readonly #httpServer: HttpServer;
  readonly #transport: ColyseusTransport;
  readonly #registry: RoomRegistry;
  readonly #background: BackgroundDesk;
  readonly #prehistories: PrehistoryDesk;
  readonly #store: LaterStore;
  readonly #debriefs: DebriefDesk;
  readonly #book: WitnessBook;
  readonly #pool: TerminalPool;
  readonly #alive: AliveFile;
  readonly host: WorkerIncidentHost;
  #spectators: SpectatorNamespace | undefined;
  #isClosing = false;

  private constructor({ config, openStore, onHopeless }: GameServerOptions, lock: FolderLock) {
    this.#config = config;
    this.#lock = lock;
    const { dataDir, loadScale, clockFactor } = config;
    const version = engineVersion();
    const folder = join(dataDir, 'prehistory');
    this.#alive = new AliveFile(dataDir);
    this.#store = new LaterStore(openStore);
    this.#background = new BackgroundDesk({ prehistoryFolder: folder, engineVersion: version });
    const background = this.#background;
    this.#prehistories = new PrehistoryDesk({ folder, engineVersion: version, loadScale, background });
    this.#book = new WitnessBook(this.#store.witnesses);
    const debriefs = new DebriefDesk(background, this.#store.games, this.#book);
    this.#debriefs = debriefs;
    const journalFolder = join(dataDir, 'journals');
    this.host = new WorkerIncidentHost({
      thread: { journalFolder, prehistoryFolder: folder, engineVersion: version, clockFactor, loadScale },
      prehistories: this.#prehistories,
      debriefs,
      onHopeless,
    });
    this.#pool = new TerminalPool();
    const gate = new JoinGate({
      sessions: new Sessions(dataDir),
      hasRoom: (code) => this.#registry.has(code),
      isSecure: config.publicUrl?.startsWith('https:') ?? false,
    });
    this.#httpServer = createServer();
    this.#transport = new ColyseusTransport({
      httpServer: this.#httpServer,
      gate: (ticket, cookies, address) => gate.admit(ticket, cookies, address),
      express: (app) =>
        addApi(app, {
          rooms: this.#registry,
          gate,
          games: this.#store.games,
          postMortems: new PostMortemDesk(this.#store),
          replays: new ReplayDesk({
            games: this.#store.games,
            engineVersion: version,
            prehistory: (scenarioId, seed) => this.#prehistories.of(scenarioId, seed),
          }),
          publicUrl: config.publicUrl,
          boards: this.#store.boards,
          witnesses: this.#store.witnesses,
          book: this.#book,
          urls: () => this.urls,
          whyNotOpen: () => this.#whyNotOpen(),
          isPrepared: () => this.#prehistories.ready,
          progress: () => this.#prehistories.progress(),
          clientDir: config.clientDir,
        }),
    });
    this.#registry = new RoomRegistry({
      host: this.host,
      pool: this.#pool,
      transport: this.#transport,
      debrief: (id) => debriefs.debrief(id),
      daySeed: (scenarioId, day) => gate.sessions.daySeed(scenarioId, day),
    });
    this.#gate = gate;
  }

  readonly #gate: JoinGate;

  /**
   * Starts a server; it listens, and every game that was under way goes on, when this resolves.
   *
   * @throws Refusal when it cannot, with a sentence for the operator.
   */
  static async start(options: GameServerOptions): Promise<GameServer> {
    const { dataDir } = options.config;
    let lock: FolderLock;
    try {
      lock = lockFolder(dataDir);
    } catch (error) {
      if (error instanceof StoreError) throw new Refusal(error.message);
      throw error;
    }
    const server = new GameServer(options, lock);
    try {
      await server.#begin();
    } catch (error) {
      await server.close().catch(() => undefined);
      throw error;
    }
    return server;
  }

  /** Where players reach it. */
  get urls(): ReachableUrls {
    const { host, publicUrl } = this.#config;
    return reachableUrls(host, this.port, publicUrl);
  }

  /** The port that it listens on. */
  get port(): number {
    return (this.#httpServer.address() as AddressInfo | null)?.port ?? this.#config.port;
  }

  /** Hangs up, makes everything durable, and lets go of the folder. */
  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#registry.close();
    this.#spectators?.close();
    this.#transport.close();
    this.#httpServer.closeAllConnections();
    await this.host.close();
    this.#alive.stop();
    await this.#book.close();
    await Promise.all([this.#pool.close(), this.#background.close(), this.#store.close()]);
    this.#lock.release();
  }

  async #begin(): Promise<void> {
    const recovered = await this.host.boot(this.#alive.awaySeconds());
    this.#alive.beat();
    await this.#listen();
    await this.#reopen(recovered);
    void this.#afterListening();
  }

  /** Listens, or says why not. */
  async #listen(): Promise<void> {
    const { port, host } = this.#config;
    const failed = once(this.#httpServer, 'error').then(([error]) => {
      throw new Refusal(whyNotListening(error as NodeJS.ErrnoException, host, port));
    });
    await Promise.race([this.#transport.listen(port, host), failed]);
    failed.catch(() => undefined);
    const rooms = takeListeners(this.#httpServer, '/');
    this.#spectators = new SpectatorNamespace(this.#httpServer, {
      host: this.host,
      gate: this.#gate,
      rooms: {
        incidentOf: (code) => this.#registry.incidentOf(code),
        onNextRound: (listener) => this.#registry.onNextRound(listener),
        onBeat: (listener) => this.#registry.onBeat(listener),
      },
      nobody: (incidentId) => this.#debriefs.doNothing(incidentId),
      onWatched: (incidentId, person) => this.#book.met(incidentId, person, 'watched'),
    });
    const spectators = takeListeners(this.#httpServer, '/socket.io/');
    guardFront(this.#httpServer, [spectators, rooms], {
      hosts: isLoopback(host) ? this.#localNames() : null,
      publicOrigin: this.#config.publicUrl && new URL(this.#config.publicUrl).origin,
      alsoRefuse: (request) => this.#whyNotJoinable(request.method, request.url ?? '', addressOf(request)),
    });
  }

  /** On this computer only, nobody calls us by any other name: pages that got themselves one are refused. */
  #localNames(): string[] {
    const { publicUrl, host } = this.#config;
    const own = publicUrl === null ? [] : [new URL(publicUrl).hostname.toLowerCase()];
    return ['localhost', '127.0.0.1', '[::1]', host, ...own];
  }

  /** Of Colyseus' own addresses only joining by a code is served, and only for rooms that are there. */
  #whyNotJoinable(method: string | undefined, url: string, address: string): Refused | null {
    const { pathname } = new URL(url, 'http://server');
    if (pathname.startsWith('/__')) return { status: 404, sentence: 'There is nothing at this address.' };
    if (!pathname.startsWith('/matchmake')) return null;
    const [, code] = /^\/matchmake\/joinById\/([A-Za-z0-9]+)$/.exec(pathname) ?? [];
    if (code === undefined || method !== 'POST') {
      return { status: 404, sentence: 'There is nothing at this address.' };
    }
    return this.#gate.whyNotKnown(readRoomCode(code), address);
  }

  async #reopen(recovered: readonly Recovered[]): Promise<void> {
    for (const one of recovered) {
      if (one.outcome === 'live') await this.#registry.restore(one.summary);
      else if (one.outcome !== 'over') process.stderr.write(`${one.sentence}\n`);
    }
  }

  /** What nobody has to wait for. */
  async #afterListening(): Promise<void> {
    const complain = (what: string) => (error: Error) => {
      if (!this.#isClosing) process.stderr.write(`${what}: ${error.message}\n`);
    };
    // Without a store games go on; their results wait in the journals.
    const offer = this.#store.ready().then(({ catalogue }) => catalogue.offer(offeredScenarios()));
    const built = this.#prehistories.buildAll();
    await Promise.all([offer.catch(complain('store')), built.catch(complain('prehistories'))]);
  }

  /** Why no game can be opened at all; one that has to be prepared first only takes a few seconds. */
  async #whyNotOpen(): Promise<string | null> {
    if (this.#isClosing) return 'The server is shutting down.';
    if (await this.host.mayOpen()) return null;
    return 'There is too little room on the disk of the server for another game. Tell whoever runs it.';
  }
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken by another program; stop it, or choose another one with PORT.`;
  }
  if (code === 'EACCES') return `Port ${port} may not be used by this user; choose one above 1023 with PORT.`;
  if (code === 'EADDRNOTAVAIL') return `This computer has no address ${host}; choose another one with HOST.`;
  return `The server cannot listen on ${host}:${port}: ${message}.`;
}
