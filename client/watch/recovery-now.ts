/** How far it is to the end, in words and as a share of the hold. */
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { Level } from '../state/level.ts';

/** How the recovery stands. */
export type RecoveryNow = {
  level: Level;
  words: string;
  /** Share of the hold that is behind, 0–1; null when there is no hold under way. */
  share: number | null;
};

/** Whether anybody has been told that something is wrong. */
function isPaged({ alerts, severity }: IncidentFrame): boolean {
  return severity !== null || alerts.some((alert) => alert.severity === 'page');
}

/** The recovery of a running room; `holdLeft` in seconds, null while users are being hurt. */
export function recoveryNow(view: IncidentFrame, holdLeft: number | null): RecoveryNow {
  const { recovered, declared, holdSeconds } = view.resolution;
  if (recovered) {
    const next = declared ? '' : '. The team can declare it resolved';
    const words = `Held for ${holdSeconds} s: recovered${next}`;
    return { level: 'healthy', words, share: 1 };
  }
  if (!isPaged(view)) return { level: 'unknown', words: 'Nobody has been paged yet', share: null };
  const early = declared ? 'Declared resolved early. ' : '';
  if (holdLeft === null) {
    const words = `${early}Users are being hurt; then ${holdSeconds} s must hold`;
    return { level: 'degraded', words, share: 0 };
  }
  const words = `${early}Recovered in ${holdLeft} s if nothing more fails`;
  return { level: 'unknown', words, share: 1 - holdLeft / holdSeconds };
}
