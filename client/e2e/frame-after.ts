/** A frame that the recording does not have, so that a page can be seen in a state that nobody recorded. */
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { Recording } from '../net/recording.ts';
import { demo } from './fake-server.ts';

/** Comes after everything recorded up to this second; changes these parts of the view. */
export function frameAfter(second: number, view: Partial<IncidentFrame>): Recording['messages'][number] {
  const before = demo().messages.flatMap(({ atSecond, message }) =>
    message.type === 'frame' && atSecond <= second ? [message.frame] : [],
  );
  const { seq = 0, atMicros = 0 } = before.at(-1) ?? {};
  const frame = { seq: seq + 1, atMicros, full: false, view, telemetry: null };
  return { atSecond: second, message: { type: 'frame', frame } };
}
