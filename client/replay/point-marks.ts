/** How the scrubber marks moments: by sign and colour, never by colour alone. */
import type { DecisionPoint } from './replay-messages.ts';

/** A mark. */
export type PointMark = {
  /** One character. */
  sign: string;
  /** Which colour it has. */
  tone: 'bad' | 'good' | 'action';
};

/** The mark of a kind of moment. */
export function pointMark(kind: DecisionPoint['kind']): PointMark {
  switch (kind) {
    case 'page':
    case 'impact':
      return { sign: '▲', tone: 'bad' };
    case 'worse':
      return { sign: '■', tone: 'bad' };
    case 'turn':
      return { sign: '●', tone: 'good' };
    default:
      return { sign: '◆', tone: 'action' };
  }
}
