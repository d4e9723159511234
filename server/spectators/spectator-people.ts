/**
 * Who watches: by the session in their cookies, or by one that they get with the answer to the handshake, so
 * that whoever has watched a seed is known when they play it.
 */
import type { IncomingMessage } from 'node:http';
import type { JoinGate } from '../rooms/join-gate.ts';

/** Those who watch. */
export class SpectatorPeople {
  readonly #gate: JoinGate;
  readonly #sessions = new WeakMap<IncomingMessage, string>();

  constructor(gate: JoinGate) {
    this.#gate = gate;
  }

  /** A handshake is being answered: whoever has no session gets one. */
  greet(headers: Record<string, unknown>, request: IncomingMessage): void {
    const { sessions } = this.#gate;
    if (sessions.read(request.headers.cookie) !== null) return;
    const session = sessions.create();
    this.#sessions.set(request, session);
    headers['set-cookie'] = sessions.cookie(session, this.#gate.isSecure(request.headers.origin));
  }

  /** Who made this handshake, as the store knows them. */
  person(request: IncomingMessage): string {
    const { sessions } = this.#gate;
    const session = sessions.read(request.headers.cookie) ?? this.#sessions.get(request);
    return session === undefined ? '' : sessions.personOf(session);
  }
}
