import { afterEach, expect, it, vi } from 'vitest';
import { incidentHash } from '@chaotic-good/engine/incident/snapshot';
import type { Command, CommandEnvelope } from '@chaotic-good/engine/protocol/commands';
import type { JournalRecord } from '@chaotic-good/engine/protocol/journal-record';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import { createFrameReader, readFrame } from '@chaotic-good/engine/wire/frame-message';
import { withTemporaryFolder } from '../journal/testing/temporary-folder.ts';
import { recoverIncident } from './recover-incident.ts';
import { prehistory, setup, startLive } from './testing/live-fixture.ts';
import type { LiveFixture } from './testing/live-fixture.ts';

// Method: a real incident at a light load, a real journal in a folder, a clock that the test moves.

let ids = 0;
function from(seat: string, command: Command, commandId = `c${++ids}`): CommandEnvelope {
  return { commandId, seat, command };
}

async function started(folder: string): Promise<LiveFixture> {
  const fixture = await startLive(folder);
  await fixture.live.submit(from('ana', { type: 'JoinSeat', name: 'Ana', kind: 'player' }));
  await fixture.live.submit(from('ana', { type: 'StartIncident' }));
  return fixture;
}

async function recordsOf({ store, live }: LiveFixture): Promise<JournalRecord[]> {
  await live.close();
  const journal = await store.open('TEST0001');
  const records: JournalRecord[] = [];
  for await (const { record } of journal.read()) records.push(record);
  await store.close();
  return records;
}

afterEach(() => vi.restoreAllMocks());

it('writes a command down before it takes effect, with number and moment', () =>
  withTemporaryFolder(async (folder) => {
    const fixture = await started(folder);
    await fixture.pass(1234);
    const answer = await fixture.live.submit(from('ana', { type: 'PostMessage', text: 'hi' }, 'hello'));
    expect(answer).toMatchObject({ kind: 'ack', ack: { commandId: 'hello', seq: 3, atMicros: 1_234_000 } });
    const records = await recordsOf(fixture);
    const written = records.find((one) => one.type === 'command' && one.envelope.commandId === 'hello');
    expect(written).toMatchObject({ seq: 3, atMicros: 1_234_000 });
  }));

it('does a command once, however often it is sent', () =>
  withTemporaryFolder(async (folder) => {
    const { live, store } = await started(folder);
    const twice = from('ana', { type: 'PostMessage', text: 'once' });
    const [first, second] = await Promise.all([live.submit(twice), live.submit(twice)]);
    const third = await live.submit(twice);
    expect([second, third]).toEqual([first, first]);
    const said = live.incident.state.events.filter((event) => event.type === 'MessagePosted');
    expect(said).toHaveLength(1);
    await live.close();
    await store.close();
  }));

it('comes back from its journal with the same state', () =>
  withTemporaryFolder(async (folder) => {
    const fixture = await started(folder);
    for (let second = 0; second < 20; second++) {
      await fixture.pass(990);
      await fixture.live.submit(from('ana', { type: 'PostMessage', text: `second ${second}` }));
    }
    const { nowMicros } = fixture.live.incident.world.cluster;
    const before = incidentHash(fixture.live.incident);
    const records = await recordsOf(fixture);
    const marks = records.filter(({ type }) => type === 'mark');
    expect(marks.length).toBeGreaterThan(15);
    const { incident, stop } = recoverIncident({
      setup,
      header: fixture.header,
      entries: records.map((record, number) => ({ number, hash: '', epoch: 1, record })),
      snapshot: undefined,
      prehistory,
    });
    expect(stop).toBeNull();
    // The last snapshot left a mark at the very end.
    expect(incident.world.cluster.nowMicros).toBe(nowMicros);
    expect(incidentHash(incident)).toBe(before);
  }));

it('applies nothing that could not be made durable, and stands still until storage works again', () =>
  withTemporaryFolder(async (folder) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { live, disk, news, pass, store } = await started(folder);
    await pass(500);
    const before = live.incident.state.commandSeq;
    disk.fault = { on: 'sync', code: 'EIO' };
    const unsure = live.submit(from('ana', { type: 'PostMessage', text: 'maybe' }, 'maybe'));
    await vi.waitFor(() => expect(live.standstill?.kind).toBe('storage'));
    expect(live.incident.state.commandSeq).toBe(before);
    expect(news).toContainEqual(expect.objectContaining({ type: 'notice', level: 'bad' }));
    const standing = live.incident.world.cluster.nowMicros;
    await pass(1000);
    expect(live.incident.world.cluster.nowMicros).toBe(standing);
    expect(await live.submit(from('ana', { type: 'PostMessage', text: 'now' }))).toMatchObject({
      kind: 'refused',
    });
    // Then the journal is opened again; what was written turns out to be there, so it is done after all.
    const answer = await unsure;
    expect(answer).toMatchObject({ kind: 'ack', ack: { commandId: 'maybe' } });
    expect(live.standstill).toBeNull();
    await pass(200);
    expect(live.incident.world.cluster.nowMicros).toBeGreaterThan(standing);
    await live.close();
    await store.close();
  }));

it('says that a command was not recorded when it turns out not to be', () =>
  withTemporaryFolder(async (folder) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { live, disk, store } = await started(folder);
    disk.fault = { on: 'append', code: 'ENOSPC', bytesBefore: 7 };
    const answer = await live.submit(from('ana', { type: 'PostMessage', text: 'lost' }));
    expect(answer).toMatchObject({
      kind: 'refused',
      rejection: { sentence: expect.stringContaining('not recorded') },
    });
    expect(await live.submit(from('ana', { type: 'PostMessage', text: 'again' }))).toMatchObject({
      kind: 'ack',
    });
    await live.close();
    await store.close();
  }));

it('is quarantined by a bug of ours, and keeps its journal', () =>
  withTemporaryFolder(async (folder) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const fixture = await started(folder);
    const { live, news, pass } = fixture;
    await pass(300);
    const { cluster } = live.incident.world;
    Object.defineProperty(cluster, 'queue', {
      get: () => {
        throw new Error('a bug');
      },
    });
    await pass(200);
    expect(live.standstill?.kind).toBe('quarantine');
    expect(news).toContainEqual(
      expect.objectContaining({ type: 'notice', text: expect.stringContaining('bug of ours') }),
    );
    expect(await live.submit(from('ana', { type: 'PostMessage', text: 'hi' }))).toMatchObject({
      kind: 'refused',
    });
    const records = await recordsOf(fixture);
    expect(records.filter(({ type }) => type === 'command')).toHaveLength(2);
  }));

/** The frames of a stream, as they would reach a client. */
function framesOf(news: LiveFixture['news'], key: string): WireFrame[] {
  const reader = createFrameReader();
  const told = news.flatMap((one) => (one.type === 'frames' ? one.frames : []));
  return told
    .filter((frame) => frame.key === key)
    .map(({ text, bytes }) => (bytes ? readFrame(reader, bytes) : (JSON.parse(text) as WireFrame)));
}

it('sends frames without gaps that add up to the full view', () =>
  withTemporaryFolder(async (folder) => {
    const fixture = await started(folder);
    const { live, news, pass, store } = fixture;
    live.subscribe({ kind: 'seat', seat: 'ana' }, 0);
    await pass(300);
    for (let second = 0; second < 6; second++) {
      await pass(700);
      await live.submit(from('ana', { type: 'PostMessage', text: `second ${second}` }));
    }
    await pass(1000);
    const frames = framesOf(news, 'seat:ana');
    expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, at) => at + 1));
    expect(frames.map(({ full }) => full).lastIndexOf(true)).toBe(0);
    const timeline = frames.flatMap(({ view }) => view.timeline ?? []);
    const view = Object.assign({}, ...frames.map((frame) => frame.view), { timeline }) as WireFrame['view'];
    const values = new Map(
      frames.flatMap(({ telemetry }) => telemetry?.series ?? []).map((one) => [one.id, one]),
    );
    news.length = 0;
    live.subscribe({ kind: 'seat', seat: 'ana' }, 0);
    await pass(100);
    const [whole] = framesOf(news, 'seat:ana');
    expect(whole).toMatchObject({ full: true, seq: frames.length + 1 });
    expect({ ...view, atMicros: 0 }).toEqual({ ...whole.view, atMicros: 0 });
    const living = [...values.values()].filter(({ value }) => value !== null);
    expect(living.length).toBe(whole.telemetry?.series.length);
    expect(living.map(({ id, value }) => [id, value]).sort()).toEqual(
      whole.telemetry?.series.map(({ id, value }) => [id, value]).sort(),
    );
    await live.close();
    await store.close();
  }));

it('shows spectators roles, no names, no talk and no telemetry', () =>
  withTemporaryFolder(async (folder) => {
    const { live, news, pass, store } = await started(folder);
    live.subscribe({ kind: 'public' }, 0);
    await live.submit(from('ana', { type: 'PostMessage', text: 'it is the disk, says Ana' }));
    await pass(2500);
    const frames = framesOf(news, 'public');
    expect(frames.length).toBeGreaterThan(2);
    expect(JSON.stringify(frames)).not.toContain('Ana');
    expect(JSON.stringify(frames)).not.toContain('the disk');
    expect(frames[0].view.seats?.map(({ name }) => name)).toEqual(['Incident commander']);
    expect(frames.every(({ telemetry }) => telemetry === null)).toBe(true);
    await live.close();
    await store.close();
  }));

it('keeps to each seat what only that seat may know', () =>
  withTemporaryFolder(async (folder) => {
    const { live, news, pass, store } = await started(folder);
    await live.submit(from('bo', { type: 'JoinSeat', name: 'Bo', kind: 'player' }));
    live.subscribe({ kind: 'seat', seat: 'ana' }, 0);
    live.subscribe({ kind: 'seat', seat: 'bo' }, 0);
    await pass(200);
    // Refused, and told to Bo alone.
    await live.submit(from('bo', { type: 'Pause' }));
    await pass(200);
    const told = (seat: string) => JSON.stringify(framesOf(news, `seat:${seat}`));
    expect(told('bo')).toContain('Only the host can do this');
    expect(told('ana')).not.toContain('Only the host can do this');
    // And nobody before the debrief is told what was drawn.
    expect(told('bo') + told('ana')).not.toMatch(/onset|fault-started|invariant/);
    await live.close();
    await store.close();
  }));
