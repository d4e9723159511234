import { expect, it } from 'vitest';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import { roomInfo } from '../incidents/room-info.ts';
import { setup, startLive } from '../incidents/testing/live-fixture.ts';
import type { LiveFixture } from '../incidents/testing/live-fixture.ts';
import { withTemporaryFolder } from '../journal/testing/temporary-folder.ts';

// Method: a real incident in which everything that can be typed is typed, each with a word of its own that no
// spectator may read, and all the frames of spectators, until the truth is told and after.

const TYPED: [seat: string, command: Command][] = [
  ['ana', { type: 'PostMessage', text: 'xmessage for Zaphod' }],
  ['bo', { type: 'AddNote', text: 'xnote', followUp: 'deployment/polls' }],
  ['bo', { type: 'ProposePlan', text: 'xplan', line: 'kubectl rollout restart xline', component: '' }],
  ['ana', { type: 'NameNext', text: 'xnext' }],
  [
    'bo',
    { type: 'PinEvidence', kind: 'log', title: 'xtitle', text: 'xtext', place: '?tab=logs&find=xplace' },
  ],
  ['bo', { type: 'ClaimComponent', component: 'deployment/polls', takeOver: false }],
  [
    'bo',
    {
      type: 'AddHypothesis',
      component: 'deployment/polls',
      mechanism: 'packet-loss',
      expectation: 'xexpectation',
    },
  ],
];
const SECRET_WORDS = /Zaphod|Trillian|xmessage|xnote|xplan|xline|xnext|xtitle|xtext|xplace|xexpectation/;
const TRUTH_WORDS = /onset|fault|invariant|golden|instance|seed|drawn|variant|hash/i;

function publicFrames({ news }: LiveFixture): WireFrame[] {
  return news.flatMap((one) =>
    one.type !== 'frames'
      ? []
      : one.frames.filter(({ key }) => key === 'public').map(({ text }) => JSON.parse(text) as WireFrame),
  );
}

it('tells spectators nothing of names, of what people typed, or of the truth before it is told', () =>
  withTemporaryFolder(async (folder) => {
    const fixture = await startLive(folder);
    const { live, pass, store, header } = fixture;
    let sent = 0;
    const say = async (seat: string, command: Command) => {
      const answer = await live.submit({ commandId: `c${++sent}`, seat, command });
      const outcome = answer.kind === 'ack' ? answer.ack.outcome : answer.rejection;
      expect(outcome, command.type).toMatchObject({ ok: true });
    };
    await say('ana', { type: 'JoinSeat', name: 'Zaphod', kind: 'player' });
    await say('bo', { type: 'JoinSeat', name: 'Trillian', kind: 'player' });
    live.subscribe({ kind: 'public' }, 0);
    await say('ana', { type: 'StartIncident' });
    for (const [seat, command] of TYPED) await say(seat, command);
    await pass(3000);
    // The fault has begun by then, and somebody comes anew: everything is told again.
    for (let at = 0; at < 30 && live.incident.state.impact.beganSecond < 0; at++) await pass(20_000);
    await say('ana', { type: 'TakeHint' });
    const hint = live.incident.state.events.flatMap((one) => (one.type === 'HintTaken' ? [one.text] : []));
    live.subscribe({ kind: 'public' }, 0);
    await pass(200);
    const running = publicFrames(fixture);
    const told = JSON.stringify(running);
    expect(live.incident.state.events.map(({ type }) => type)).toContain('FaultStarted');
    expect(told).not.toMatch(SECRET_WORDS);
    for (const secret of [header.seed, ...hint]) expect(told).not.toContain(secret);
    expect(told.replaceAll('"faultClass"', '')).not.toMatch(TRUTH_WORDS);
    // What the audience may know of the same: that something waits for an answer, and what is suspected.
    const last = running.findLast(({ full }) => full)?.view;
    expect(last?.plan).toMatchObject([{ text: 'a restart', line: '', component: '', seat: '' }]);
    expect(last?.hypotheses).toMatchObject([{ component: 'deployment/polls', expectation: '' }]);
    expect(last?.timeline?.map(({ text }) => text)).toContain('Proposes: a restart');
    // Afterwards the truth is told, and still nothing of what was typed.
    await say('ana', { type: 'EndIncident' });
    await say('ana', {
      type: 'FileDiagnosis',
      component: 'deployment/polls',
      mechanism: 'packet-loss',
    });
    await pass(1000);
    const after = JSON.stringify(publicFrames(fixture).slice(running.length));
    expect(after).toMatch(/The fault began/);
    expect(after).not.toMatch(SECRET_WORDS);
    await live.close();
    await store.close();
  }));

it('shows names on the map of spectators, and nothing of how anything fares', () => {
  const { map } = roomInfo({ code: 'TEST0001', incidentId: 'TEST0001', round: 1, seedDay: null }, setup);
  expect([...new Set(map.nodes.flatMap(Object.keys))].sort()).toEqual(['id', 'kind', 'title', 'workload']);
  expect([...new Set(map.edges.flatMap(Object.keys))].sort()).toEqual(['from', 'name', 'to']);
});
