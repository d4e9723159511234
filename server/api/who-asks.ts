/**
 * Who asks, by their session, and that they have now met a game. Whoever has no session gets one: else the
 * same person could look at a seed first and play it as if for the first time.
 */
import type { IncomingMessage } from 'node:http';
import type { Application, Request, Response } from 'express';
import type { JoinGate } from '../rooms/join-gate.ts';
import type { WitnessBook } from '../store/witness-book.ts';
import { readGameId } from './game-id.ts';

/** Those who ask. */
export class WhoAsks {
  readonly #gate: JoinGate;
  readonly #book: WitnessBook;

  constructor(gate: JoinGate, book: WitnessBook) {
    this.#gate = gate;
    this.#book = book;
  }

  /** Who asks, as the store knows them; '' for somebody without a session. */
  person({ headers }: Pick<IncomingMessage, 'headers'>): string {
    const session = this.#gate.sessions.read(headers.cookie);
    return session === null ? '' : this.#gate.sessions.personOf(session);
  }

  /**
   * Notes everybody who is answered about one game, by whatever route, but for its place: its debrief, its
   * post-mortem and its replay all tell the truth. To be added before the routes.
   */
  noteReaders(app: Application): void {
    app.use('/api/games/:id', (request, response, next) => {
      const id = readGameId(String(request.params.id));
      const tells = request.method === 'GET' && request.path !== '/place';
      if (tells && id !== null) this.#note(request, response, id);
      next();
    });
  }

  /** This session takes a seat of a game. */
  takesSeat(session: string, gameId: string, seat: string): void {
    this.#book.sits(gameId, seat, this.#gate.sessions.personOf(session));
  }

  #note(request: Request, response: Response, gameId: string): void {
    const { sessions } = this.#gate;
    let session = sessions.read(request.headers.cookie);
    if (session === null) {
      session = sessions.create();
      response.append('set-cookie', sessions.cookie(session, this.#gate.isSecure(request.headers.origin)));
    }
    const person = sessions.personOf(session);
    response.on('finish', () => {
      if (response.statusCode < 400) this.#book.met(gameId, person, 'watched');
    });
  }
}
