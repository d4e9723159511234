/** States of the end that the recorded team never was in: holding, relapsed, closed without a diagnosis. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { Recording } from '../net/recording.ts';
import { demo } from './fake-server.ts';
import { frameAfter } from './frame-after.ts';

type Message = Recording['messages'][number];

const NOTHING = { timeline: [] };

/** The journeys hold; some of the jobs are done. */
export function holding(): Message {
  return frameAfter(189, {
    ...NOTHING,
    resolution: { recovered: false, declared: false, holdSeconds: 90 },
    closing: {
      holdLeftSeconds: 48,
      diagnosisFiled: false,
      openHypotheses: 2,
      leftovers: ['Node worker-3 is still cordoned.', 'deployment/polls has 5 replicas in place of 3.'],
      allClear: false,
    },
  });
}

/** It had recovered, and users are hurt again. */
export function relapsed(): Message {
  const turn = { seat: '', tone: 'bad' as const };
  return frameAfter(280, {
    resolution: { recovered: false, declared: false, holdSeconds: 90 },
    closing: {
      holdLeftSeconds: null,
      diagnosisFiled: true,
      openHypotheses: 0,
      leftovers: [],
      allClear: false,
    },
    timeline: [
      {
        ...turn,
        seq: 9001,
        atMicros: 279e6,
        kind: 'incident-relapsed',
        text: 'Users are hurt again: relapsed',
      },
    ],
  });
}

/** The host has ended it before anybody filed a diagnosis. */
export function closedUnfiled(): Message {
  return frameAfter(189, { ...NOTHING, phase: 'closed', closed: 'host', revealed: false, diagnosis: null });
}

/** The truth can be told. */
export function closedRevealed(): Message {
  return frameAfter(280, { ...NOTHING, phase: 'closed', closed: 'resolved', revealed: true });
}

/** The recorded debrief, as if moves had made it worse, hints had been taken, and it had come back. */
export function rueful(): Debrief {
  const debrief = demo().debrief!;
  const move = {
    second: 128,
    role: 'Ops 1',
    points: -40,
    alerts: ['Voting spends its error budget too fast', 'Voting is slow'],
    journeys: [
      { title: 'Vote', goodRatio: 0.62, objectiveRatio: 0.99 },
      { title: 'Read results', goodRatio: 1, objectiveRatio: 0.99 },
    ],
    unseen: ['Segments are sent again towards worker-3 only', 'Pods elsewhere answer'],
  };
  const { runOn, score } = debrief;
  const values = (runOn?.values ?? []).map((_value, at) => (at < 372 ? 0 : 0.34));
  return {
    ...debrief,
    recovery: 'masked',
    runOn: { seconds: values.length, relapsedAfterSeconds: 372, values },
    worse: [
      {
        ...move,
        title: 'Restart the database',
        line: 'kubectl -n polls delete pod postgres-0',
        harm: 'users were hurt more after it',
      },
    ],
    hints: [
      { second: 150, level: 1, text: 'One replica fails what the others do.', priceShare: 0.02 },
      { second: 171, level: 2, text: 'Compare retransmits between the workers.', priceShare: 0.05 },
    ],
    score: { ...score, mode: 'ranked', hintShare: 0.07 },
  };
}
