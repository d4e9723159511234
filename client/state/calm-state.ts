/** How the calm before the trouble stands for one seat. */
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';

/** The calm as a person reads it. */
export type CalmState = {
  /** Whether it is calm and time has begun. */
  isCalm: boolean;
  /** Seconds of incident time until it ends at the latest, ≥ 0. */
  secondsLeft: number;
  /** Players here who said that they are ready. */
  ready: number;
  /** Players here who are asked. */
  asked: number;
  /** Whether this seat is asked and has not said so. */
  waitsForMe: boolean;
};

/** Reads it from a view; the same seats count as in the engine: players who are here and not observers. */
export function calmState(
  { calm, atMicros, phase, seats }: Pick<IncidentFrame, 'calm' | 'atMicros' | 'phase' | 'seats'>,
  me: string,
): CalmState {
  const isCalm = !calm.ended && (phase === 'running' || phase === 'paused');
  const here = seats.filter(
    ({ kind, wish, connected }) => kind === 'player' && wish !== 'observer' && connected,
  );
  const isReady = (seat: string) => calm.ready.includes(seat);
  return {
    isCalm,
    secondsLeft: Math.max(0, Math.ceil((calm.endsMicros - atMicros) / 1e6)),
    ready: here.filter(({ seat }) => isReady(seat)).length,
    asked: here.length,
    waitsForMe: isCalm && !isReady(me) && here.some(({ seat }) => seat === me),
  };
}
