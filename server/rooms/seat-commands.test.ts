/**
 * Seats change while people sit on them: the host renames and removes, anybody renames the own seat.
 *
 * Method   A real server, real sockets. What counts is what the others see, and that who was removed cannot
 *          come back by any ticket or cookie, nor say anything more.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@colyseus/sdk';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ClientMessage } from '@chaotic-good/engine/protocol/wire';
import { startServer } from '../testing/start-server.ts';
import type { RunningServer } from '../testing/start-server.ts';
import { TestPlayer } from '../testing/test-player.ts';

const REMOVED = 'The host removed you from this room. What you did here stays in its record.';
/** The first room of a server computes its past; other programs share the machine. */
const START_MS = 120_000;

let dataDir: string;
let server: RunningServer;
let code: string;
let ada: TestPlayer;
let bo: TestPlayer;

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  dataDir = mkdtempSync(join(tmpdir(), 'chaotic-good-seats-'));
  server = await startServer({ dataDir });
}, START_MS);

afterAll(async () => {
  await server?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  code = await TestPlayer.openRoom(server.origin, 'polls-mystery', '7');
  ada = new TestPlayer('Ada');
  bo = new TestPlayer('Bo');
  await ada.join(server.origin, code);
  await bo.join(server.origin, code);
}, START_MS);

function nameSeenBy(player: TestPlayer, { seat }: TestPlayer): string | undefined {
  return player.view.seats?.find((one) => one.seat === seat)?.name;
}

it('shows a new name to all at once, in the lobby and in the game', async () => {
  await ada.perform({ type: 'RenameSeat', seat: bo.seat, name: 'Bosephus' });
  await bo.until(() => nameSeenBy(bo, bo) === 'Bosephus', 'the new name');
  await ada.until(() => nameSeenBy(ada, bo) === 'Bosephus', 'the new name');
  await ada.perform({ type: 'StartIncident' });
  await bo.perform({ type: 'RenameSeat', seat: bo.seat, name: 'Bo again' });
  await ada.until(() => nameSeenBy(ada, bo) === 'Bo again', 'the newest name');
  expect(nameSeenBy(ada, ada)).toBe('Ada');
});

it('lets nobody but the host touch the seat of another', async () => {
  const commands = [
    { type: 'RenameSeat', seat: ada.seat, name: 'Nobody' },
    { type: 'RemoveSeat', seat: ada.seat },
    { type: 'PassHost', seat: bo.seat },
  ] as const;
  for (const command of commands) {
    const answer = await bo.command(command);
    expect(answer).toMatchObject({ ack: { outcome: { ok: false, rejection: { code: 'only-host' } } } });
  }
  expect(nameSeenBy(bo, ada)).toBe('Ada');
});

it('understands these commands only as they are defined', async () => {
  const odd = { type: 'RemoveSeat', seat: bo.seat, really: true };
  ada.say({ type: 'command', commandId: 'odd', command: odd } as ClientMessage);
  await ada.until(() => ada.refusals.has('odd'), 'the refusal');
  expect(ada.refusals.get('odd')?.code).toBe('not-understood');
  expect(bo.isConnected).toBe(true);
});

it('tells a host who would remove the own seat what to do instead', async () => {
  const answer = await ada.command({ type: 'RemoveSeat', seat: ada.seat });
  expect(answer).toMatchObject({ ack: { outcome: { ok: false, rejection: { code: 'own-seat' } } } });
  await ada.perform({ type: 'PassHost', seat: bo.seat });
  await bo.perform({ type: 'RemoveSeat', seat: ada.seat });
  await ada.until(() => ada.farewell === 'removed', 'the farewell');
});

it('removes a player, whose role is free and whose tickets are dead', async () => {
  await bo.perform({ type: 'ChooseRole', role: 'incident-commander' });
  await ada.perform({ type: 'StartIncident' });
  const kept = await bo.takeSeat(server.origin, code);
  await ada.perform({ type: 'RemoveSeat', seat: bo.seat });
  await bo.until(() => bo.farewell === 'removed' && !bo.isConnected, 'the farewell');
  await ada.until(() => ada.view.seats?.length === 1, 'the seat to be gone');
  expect(ada.view.seats?.[0].roles).toContain('incident-commander');
  await expect(bo.comeBack()).rejects.toThrow(`403 ${REMOVED}`);
  const { cookie } = bo;
  const past = new Client(server.origin, { headers: { cookie } }).joinById(code, { ticket: kept });
  await expect(past).rejects.toThrow(REMOVED);
  await ada.perform({ type: 'PostMessage', text: 'We go on.' });
  expect({ faults: ada.faults, gaps: ada.frames.faults }).toEqual({ faults: [], gaps: [] });
});

it('removes a player who is away', async () => {
  await bo.leave();
  await ada.perform({ type: 'RemoveSeat', seat: bo.seat });
  await expect(bo.comeBack()).rejects.toThrow(`403 ${REMOVED}`);
});

it('keeps it calm by the rules of the room, until all who play are ready', async () => {
  const rules = { mode: 'ranked', calmSeconds: 600 } as const;
  const ranked = await TestPlayer.openRoom(server.origin, 'polls-mystery', '7', rules);
  await ada.join(server.origin, ranked);
  await bo.join(server.origin, ranked);
  expect(bo.view.rules).toEqual(rules);
  await ada.perform({ type: 'NameTeam', name: 'Night shift' });
  await bo.until(() => bo.view.team === 'Night shift', 'the name of the team');
  await ada.perform({ type: 'StartIncident' });
  expect(await ada.command({ type: 'Pause' })).toMatchObject({
    ack: { outcome: { rejection: { code: 'ranked' } } },
  });
  expect((await bo.type('kubectl get pods')).exitCode).toBe(0);
  const pods = () => ada.view.warmUps?.find(({ warmUpId }) => warmUpId === 'list-pods')?.doneBy;
  await ada.until(() => pods()?.includes(bo.seat) === true, 'the warm-up');
  await ada.perform({ type: 'ReadyForTrouble' });
  expect(ada.view.calm?.ended).toBe(false);
  await bo.perform({ type: 'ReadyForTrouble' });
  await bo.until(() => bo.view.calm?.ended === true, 'the end of the calm');
});

it('lets nobody new into a locked room, and everybody back who has a seat', async () => {
  await ada.perform({ type: 'LockRoom', locked: true });
  await bo.until(() => bo.view.locked === true, 'the lock');
  const late = new TestPlayer('Cy');
  await expect(late.join(server.origin, code)).rejects.toThrow('403 The host has locked the room.');
  await bo.leave();
  await bo.comeBack(server.origin);
  await ada.perform({ type: 'LockRoom', locked: false });
  await late.join(server.origin, code);
  expect(late.faults).toEqual([]);
});
