import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StatusView } from '@chaotic-good/engine/protocol/team-views';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import type { FrameText } from '../incidents/incident-host.ts';
import { PublicFeed, SPECTATOR_DELAY_MS } from './public-feed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function frame(seq: number, view: WireFrame['view'], full = false): FrameText {
  return { seq, full, text: JSON.stringify({ seq, atMicros: seq * 1_000_000, full, view, telemetry: null }) };
}

const entry = (seq: number) =>
  ({ seq, atMicros: 0, kind: 'k', seat: '', text: `entry ${seq}`, tone: 'neutral' }) as const;

function watched() {
  const sent: string[] = [];
  let hear: (frame: FrameText) => void = () => undefined;
  const feed = new PublicFeed({
    subscribe: (listener) => {
      hear = listener;
      return { refresh: () => undefined, end: () => undefined };
    },
    send: (text) => sent.push(text),
  });
  return { feed, sent, hear: (one: FrameText) => hear(one) };
}

it('is twenty seconds late, to the frame', () => {
  const { sent, hear } = watched();
  hear(frame(1, { phase: 'running' }, true));
  vi.advanceTimersByTime(SPECTATOR_DELAY_MS - 1);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toHaveLength(1);
});

it('gives whoever comes later everything that is out, and nothing that is not', () => {
  const { feed, hear } = watched();
  expect(feed.beginning).toBeNull();
  hear(frame(1, { phase: 'running', speed: 1, timeline: [entry(1)] }, true));
  vi.advanceTimersByTime(1000);
  hear(frame(2, { speed: 2, timeline: [entry(2)] }));
  vi.advanceTimersByTime(1000);
  hear(frame(3, { phase: 'closed', timeline: [entry(3)] }));
  vi.advanceTimersByTime(SPECTATOR_DELAY_MS - 1000);
  expect(JSON.parse(feed.beginning ?? '')).toEqual({
    seq: 2,
    atMicros: 2_000_000,
    full: true,
    view: { phase: 'running', speed: 2, timeline: [entry(1), entry(2)] },
    telemetry: null,
  });
});

it('shows status updates as late as all the rest, and the newest ones to whoever comes later', () => {
  const { feed, sent, hear } = watched();
  const update = (state: StatusView['state']): StatusView => {
    return { seat: '', atMicros: 0, journeys: [], severity: 'SEV2', state, nextDueMicros: 1 };
  };
  hear(frame(1, { phase: 'running', status: [] }, true));
  vi.advanceTimersByTime(1000);
  hear(frame(2, { status: [update('investigating')] }));
  vi.advanceTimersByTime(SPECTATOR_DELAY_MS - 1);
  expect(sent).toHaveLength(1);
  hear(frame(3, { status: [update('investigating'), update('resolved')] }));
  vi.advanceTimersByTime(1);
  expect(JSON.parse(sent[1])).toMatchObject({ view: { status: [{ state: 'investigating' }] } });
  vi.advanceTimersByTime(SPECTATOR_DELAY_MS);
  const { view } = JSON.parse(feed.beginning ?? '') as WireFrame;
  expect(view.status?.map(({ state }) => state)).toEqual(['investigating', 'resolved']);
});

it('says nothing more once it has ended', () => {
  const { feed, sent, hear } = watched();
  hear(frame(1, {}, true));
  feed.end();
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual([]);
});
