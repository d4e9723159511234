/** The recorded seats, as if another one were the host: the recording is of the host's own page. */
import type { SeatView } from '@chaotic-good/engine/protocol/views';
import { demo } from './fake-server.ts';

/** The newest recorded seats with this one as host. */
export function seatsWithHost(host: string): SeatView[] {
  const told = demo().messages.flatMap(({ message }) =>
    message.type === 'frame' && message.frame.view.seats !== undefined ? [message.frame.view.seats] : [],
  );
  return (told.at(-1) ?? []).map((seat) => ({ ...seat, host: seat.seat === host }));
}
