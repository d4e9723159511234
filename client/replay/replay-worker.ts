/** The worker: gives a replay its clock and its mail. Loaded by the page of a replay only. */
import type { ReplayNews, ReplayRequest } from './replay-messages.ts';
import { ReplayRoom } from './replay-room.ts';

/** The page's end, as a worker sees it. */
type Port = {
  postMessage: (news: ReplayNews) => void;
  onmessage: ((event: MessageEvent<ReplayRequest>) => void) | null;
};

/** How often time passes, milliseconds; at 1× a frame comes each second, as in a room. */
const BEAT_MS = 250;

const port = self as unknown as Port;
const room = new ReplayRoom((news) => port.postMessage(news));
let owed = 0;

/** What goes wrong ends the replay: showing something that nobody saw would be worse. */
function guarded(action: () => void): void {
  try {
    action();
  } catch (error) {
    port.postMessage({ type: 'failed', sentence: error instanceof Error ? error.message : String(error) });
  }
}

port.onmessage = ({ data }) => guarded(() => room.take(data));

setInterval(() => {
  owed = room.speed === 0 ? 0 : owed + (room.speed * BEAT_MS) / 1000;
  const seconds = Math.floor(owed);
  owed -= seconds;
  if (seconds > 0) guarded(() => room.beat(seconds));
}, BEAT_MS);
