/** Three games that differ in all that a post-mortem tells: well played, badly played, not played at all. */
import type { PostMortemParts } from '../parts.ts';
import { playedGame } from './played-game.ts';
import type { Playing } from './played-game.ts';

const LOSSY = { component: 'node/worker-3', mechanism: 'packet-loss' } as const;

/** Takes the first page on, once it has come. */
function takePage({ incident, at, runTo }: Playing, seat: string): void {
  for (let second = 45; second <= 150; second += 5) {
    runTo(second);
    const page = incident.state.events.find(
      (event) => event.type === 'AlertFired' && event.severity === 'page',
    );
    if (page?.type !== 'AlertFired') continue;
    at(second + 6, seat, { type: 'AcknowledgeAlert', alertId: page.alertId });
    at(second + 8, seat, { type: 'DeclareIncident', severity: 'SEV2' });
    return;
  }
}

/** A team that finds packet loss towards one node, avoids it, and says so in time. */
export function wellPlayed(): PostMortemParts {
  return playedGame({ fault: 'network', instance: 'loss-worker-3' }, (playing, { ada, bo }) => {
    const { at, type, runTo, onsetSecond, instance } = playing;
    takePage(playing, bo);
    const status = { type: 'PostStatus', severity: 'SEV2', nextUpdateMinutes: 5 } as const;
    at(110, ada, { ...status, journeys: ['vote'], state: 'investigating' });
    at(112, bo, { type: 'PostMessage', text: 'Adalinda, look at the retransmits.' });
    at(118, bo, { type: 'AddHypothesis', ...LOSSY, expectation: 'Segments are sent again towards it only.' });
    const to = Math.round(onsetSecond + 118);
    at(120, bo, {
      type: 'PinEvidence',
      kind: 'chart',
      title: 'Retransmits, node/worker-3',
      text: 'per second: worker-3 31/s, worker-1 0.0/s',
      place: `?tab=overview&focus=node%2Fworker-3&from=${to - 160}&to=${to}`,
    });
    at(122, bo, {
      type: 'PinEvidence',
      kind: 'log',
      title: 'traefik: error',
      text: 'upstream timed out | <b>10.42.3.7:8080</b> `GET /vote`',
      place: '?tab=logs&q=upstream',
    });
    const line = 'kubectl cordon worker-3';
    at(124, bo, { type: 'ProposePlan', text: 'Keep pods off worker-3', line, component: 'node/worker-3' });
    at(130, ada, { type: 'AnswerPlan', planId: 'plan-1', approve: true });
    for (const one of instance.golden.lines) type(one);
    at(300, ada, { ...status, journeys: [], state: 'monitoring' });
    at(310, bo, { type: 'FileDiagnosis', ...LOSSY });
    at(320, bo, { type: 'AddNote', text: 'Have its network looked at.', followUp: 'node/worker-3' });
    runTo(420);
    at(421, ada, { ...status, journeys: [], state: 'resolved' });
    at(422, ada, { type: 'DeclareResolved' });
  });
}

/** A team that takes its time, destroys data to make room, and concludes something else. */
export function badlyPlayed(): PostMortemParts {
  return playedGame({ fault: 'disk-full', instance: 'db-all-statements' }, (playing, { ada, bo }) => {
    const { at, type, runTo, instance } = playing;
    runTo(200);
    at(202, ada, {
      type: 'PostStatus',
      journeys: [],
      severity: 'SEV3',
      state: 'resolved',
      nextUpdateMinutes: 2,
    });
    const moves = instance.wrongMoves.filter(({ id }) => id === 'remove-wal' || id.startsWith('restart'));
    const lines = moves.flatMap(({ lines: some }) => some);
    for (const line of [...lines].sort((a, b) => a.afterOnsetSeconds - b.afterOnsetSeconds)) type(line);
    at(360, bo, { type: 'FileDiagnosis', component: 'node/worker-1', mechanism: 'packet-loss' });
    at(400, bo, { type: 'PostMessage', text: 'That was human error, Bosephus.' });
    runTo(520);
  });
}

/** Two people who only watch until time is up. */
export function notPlayed(): PostMortemParts {
  return playedGame({ fault: 'network', instance: 'policy-port' }, ({ runTo }) => runTo(1300));
}
