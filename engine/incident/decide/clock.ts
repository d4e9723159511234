/** Decides about time: start, end, pause, speed, more time. The host's, and the server's. */
import { SYSTEM_SEAT } from '../../protocol/commands.ts';
import type { ClockCommand } from '../../protocol/commands.ts';
import { whyNotHost } from '../authority.ts';
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { whyNotOpen } from '../time-checks.ts';

/** Speeds that a host can choose, simulated seconds per real second. */
const SPEEDS = [0.5, 1, 2, 4];
/** How much time can be added at once, seconds. */
const EXTENSION_SECONDS: readonly [number, number] = [60, 1800];

function decideStart(state: IncidentState): Decision {
  if (state.phase !== 'lobby') return reject('already-started', 'The incident has already started.');
  return accept({ type: 'IncidentStarted', audience: 'everyone', timeLimitMicros: state.timeLimitMicros });
}

/** The clock of a ranked game is the same for all: only the server stops it, when nobody is there. */
const SAME_FOR_ALL: readonly ClockCommand['type'][] = ['Pause', 'Resume', 'SetSpeed', 'ExtendTime'];

/** May the truth be told without a diagnosis? The server says so a minute after the close. */
function decideReveal(state: IncidentState, seat: string): Decision {
  if (seat !== SYSTEM_SEAT) return reject('only-system', 'The truth is told when the diagnosis is filed.');
  if (state.phase !== 'closed') return reject('not-ready', 'The incident is still open.');
  if (state.revealed) return reject('already-declared', 'The truth is told already.');
  return accept({ type: 'TruthRevealed', audience: 'everyone', filed: false });
}

/** May this be done with time now? */
export function decideClock(state: IncidentState, seat: string, command: ClockCommand): Decision {
  if (command.type === 'RevealTruth') return decideReveal(state, seat);
  const refused = whyNotHost(state, seat) ?? (command.type === 'StartIncident' ? null : whyNotOpen(state));
  if (refused !== null) return { ok: false, rejection: refused };
  if (state.rules.mode === 'ranked' && seat !== SYSTEM_SEAT && SAME_FOR_ALL.includes(command.type)) {
    return reject('ranked', 'A ranked game runs by one clock, the same for all. Play practice to change it.');
  }
  switch (command.type) {
    case 'StartIncident':
      return decideStart(state);
    case 'EndIncident': {
      const reason = seat === SYSTEM_SEAT ? 'abandoned' : 'host';
      return accept({
        type: 'IncidentClosed',
        audience: 'everyone',
        reason,
        recovered: state.resolution.recovered,
      });
    }
    case 'Pause':
      if (state.phase === 'paused') return reject('paused', 'Time already stands still.');
      return accept({ type: 'IncidentPaused', audience: 'everyone', seat });
    case 'Resume':
      if (state.phase !== 'paused') return reject('not-paused', 'Time is already running.');
      return accept({ type: 'IncidentResumed', audience: 'everyone', seat });
    case 'SetSpeed':
      if (!SPEEDS.includes(command.speed)) return reject('out-of-range', 'Choose a speed of 0.5, 1, 2 or 4.');
      return accept({ type: 'SpeedSet', audience: 'everyone', speed: command.speed });
    case 'ExtendTime': {
      const [least, most] = EXTENSION_SECONDS;
      if (!(command.seconds >= least && command.seconds <= most)) {
        return reject('out-of-range', `Add between ${least / 60} and ${most / 60} minutes at once.`);
      }
      const timeLimitMicros = state.timeLimitMicros + Math.round(command.seconds) * 1_000_000;
      return accept({ type: 'TimeExtended', audience: 'everyone', timeLimitMicros });
    }
  }
}
