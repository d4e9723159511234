/** Before the trouble, and people who come, go and change devices: what they see and do. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { BOOTH_RULES, TEAM_RULES } from '@chaotic-good/engine/protocol/game-rules';
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import { CODE, demo, serve, USED } from './fake-server.ts';
import { frameAfter } from './frame-after.ts';
import { lookAtScenes } from './look-at-scenes.ts';
import type { Scene } from './look-at-scenes.ts';
import { RoomPage } from './room-page.ts';
import { seatsWithHost } from './seats-with-host.ts';

/** The calm of the recorded room, as the engine would tell it 26 s after the start. */
function calm(over: Partial<IncidentFrame> = {}): Partial<IncidentFrame> {
  const told = demo().messages.flatMap(({ message }) =>
    message.type === 'frame' && message.frame.view.warmUps !== undefined ? [message.frame.view.warmUps] : [],
  );
  const doneBy = [['seat-1', 'seat-2', 'seat-3'], ['seat-2'], []];
  const warmUps = told[0].map((warmUp, at) => ({ ...warmUp, doneBy: doneBy[at] }));
  return {
    calm: { ended: false, endsMicros: 90e6, ready: ['seat-3'] },
    rules: TEAM_RULES,
    warmUps,
    ...over,
  };
}

async function duringCalm(page: Page, tab = '', over: Partial<IncidentFrame> = {}): Promise<RoomPage> {
  const room = new RoomPage(page);
  await room.join({ second: 26, tab, besides: [frameAfter(26, calm(over))] });
  return room;
}

/** Bo, who is Ops, has been away for a while; the recorded seat sees it. */
function withoutBo(): IncidentFrame['seats'] {
  return seatsWithHost('seat-1').map((seat) =>
    seat.seat === 'seat-4' ? { ...seat, connected: false, awaySinceMicros: 98e6 } : seat,
  );
}

const LATE = { seq: 9002, kind: 'seat-joined', text: 'Ana joined', tone: 'neutral' } as const;

async function comeLate(page: Page, tab = ''): Promise<RoomPage> {
  const room = new RoomPage(page);
  const joined = { ...LATE, seat: 'seat-1', atMicros: 126e6 };
  await room.join({ second: 128, tab, besides: [frameAfter(128, { timeline: [joined] })] });
  return room;
}

async function makeLink(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue on another device' }).click();
  await page.getByRole('img', { name: 'QR code that moves your seat' }).waitFor();
}

const AT_A_DESK = { colorScheme: 'dark', viewport: { width: 1440, height: 900 } } as const;

test.describe('before the trouble', () => {
  test.use(AT_A_DESK);

  test('the calm counts down by the clock of the incident and leads to what is to be found', async ({
    page,
  }) => {
    const room = await duringCalm(page, 'overview');
    const panel = room.part('The calm before the trouble');
    await expect(panel).toContainText('1:04');
    await expect(panel).toContainText('Something will break');
    await expect(panel.getByRole('listitem').filter({ hasText: 'Find the vote rate' })).toContainText(
      'found',
    );
    await panel.getByRole('link', { name: 'List the pods' }).click();
    await expect(page).toHaveURL(/terminal-1$/);
    await expect(panel.getByTitle('Found by Bo', { exact: true })).toHaveText(/BO/);
    await panel.getByRole('button', { name: 'Ready for trouble' }).click();
    await expect(room.outbox()).toContainText('Ready for trouble');
    await expect(panel).toContainText('1 of 4 ready');
  });

  test('who has said so is not asked again, and the calm is gone when it is over', async ({ page }) => {
    const ready = ['seat-1', 'seat-3'];
    const room = await duringCalm(page, '', { calm: { ended: false, endsMicros: 90e6, ready } });
    const panel = room.part('The calm before the trouble');
    await expect(panel).toContainText('2 of 4 ready');
    await expect(panel.getByRole('button')).toHaveCount(0);
    await page.goto('about:blank');
    await duringCalm(page, '', { calm: { ended: true, endsMicros: 20e6, ready } });
    await expect(room.part(/^Alerts/)).toBeVisible();
    await expect(panel).toHaveCount(0);
  });
});

test.describe('rules of a room', () => {
  test.use(AT_A_DESK);

  test('a ranked room has no clock to touch, in the bar nor in the palette', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 128, besides: [frameAfter(128, { rules: BOOTH_RULES })] });
    await page.getByRole('button', { name: 'Host', exact: true }).click();
    await expect(page.getByText('A ranked game: the clock is the same for all.')).toBeVisible();
    await expect(page.getByRole('button', { name: /Pause|Extend|2×/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Lock the room' }).click();
    await expect(room.outbox()).toContainText('Lock the room');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('option', { name: /Lock the room/ })).toBeVisible();
    await expect(page.getByRole('option', { name: /Pause|Speed|more minutes/ })).toHaveCount(0);
  });

  test('a room is opened with the rules that were chosen', async ({ page }) => {
    await serve(page);
    await page.goto('/#/scenarios');
    const asked = page.waitForRequest('**/api/rooms');
    await page.getByRole('radio', { name: /^Booth/ }).check();
    await page.getByRole('button', { name: 'Open a room' }).click();
    expect((await asked).postDataJSON()).toMatchObject({ rules: BOOTH_RULES });
    // The answer leads to the room; only then it can be left.
    await expect(page).toHaveURL(/#\/room\//);
    await page.goto('/#/');
    const played = page.waitForRequest('**/api/rooms');
    await page.getByRole('button', { name: 'Play now' }).click();
    expect((await played).postDataJSON()).toMatchObject({ rules: TEAM_RULES });
  });

  test('the lobby says which rules hold', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: -1, besides: [frameAfter(-1, { rules: BOOTH_RULES, locked: true })] });
    await expect(room.part('How it counts')).toContainText('Ranked. The same for all: no pause');
    await expect(room.part('How it counts')).toContainText('calm for 30 s');
    await expect(room.part(/^Seats/)).toContainText('The room is locked');
    await room
      .part(/^Seats/)
      .getByRole('button', { name: 'Open the room' })
      .click();
    await expect(room.outbox()).toContainText('Open the room');
  });
});

test.describe('people', () => {
  test.use(AT_A_DESK);

  test('who is away is seen to be, and anybody takes the role by one click', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 128, besides: [frameAfter(128, { seats: withoutBo(), locked: true })] });
    await expect(page.getByText('Di away since 14:06:38')).toBeVisible();
    await page.getByTitle('Seats: who is here').click();
    const seats = page.getByRole('dialog');
    await expect(seats).toContainText('The room is locked: nobody new may join.');
    await seats.getByRole('button', { name: 'Take over as Comms' }).click();
    await expect(room.outbox()).toContainText('Take over as Comms from Di');
  });

  test('who comes in the middle reads five lines, once', async ({ page }) => {
    const room = await comeLate(page);
    const summary = room.part('What happened before you came');
    await expect(summary.getByRole('term')).toHaveCount(5);
    await expect(summary).toContainText(/Hurt now: .*paged since 14:06:\d\d/);
    await expect(summary).toContainText('SEV2 since 14:06:20. Ana leads.');
    await expect(summary).toContainText('1 open: node/worker-3');
    await summary.getByRole('button', { name: 'Got it' }).click();
    await expect(summary).toHaveCount(0);
    await page.reload();
    await expect(room.part(/^Alerts/)).toBeVisible();
    await expect(summary).toHaveCount(0);
  });

  test('who was there from the start reads nothing of the kind', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 128 });
    await expect(room.part(/^Alerts/)).toBeVisible();
    await expect(room.part('What happened before you came')).toHaveCount(0);
  });

  test('a seat moves to another device by a link that is good once', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: -1 });
    await makeLink(page);
    await expect(page.getByText(/Good once, for 4 min 5\d s|Good once, for 5 min/)).toBeVisible();
    const address = page.getByText(/^http:\/\/192\.168\.1\.20:3000\/#\/room\/7KQ4M2XD\?take=/);
    await expect(address).toBeVisible();
    await page.goto(`/?replay=demo.json&from=128&speed=0#/room/${CODE}?take=good`);
    await expect(room.part(/^Alerts/)).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`#/room/${CODE}$`));
    await page.goto('/#/');
    await page.goto(`/#/room/${CODE}?take=used`);
    await expect(page.getByRole('alert')).toContainText(USED);
    await page.getByRole('link', { name: 'Join the room as somebody else' }).click();
    await expect(page).toHaveURL(new RegExp(`#/room/${CODE}$`));
  });
});

/** States that nobody recorded, by name: how to get there. */
const STATES: Scene[] = [
  ['calm-found', (page) => duringCalm(page)],
  ['calm-logs', (page) => duringCalm(page, 'logs')],
  ['late', (page) => comeLate(page)],
  [
    'elsewhere',
    async (page) => {
      await new RoomPage(page).join({ second: -1 });
      await makeLink(page);
    },
  ],
  [
    'take-used',
    async (page) => {
      await serve(page);
      await page.goto(`/#/room/${CODE}?take=used`);
      await page.getByRole('alert').waitFor();
    },
  ],
  [
    'lobby-ranked',
    (page) => {
      const besides = [frameAfter(-1, { rules: BOOTH_RULES, locked: true })];
      return new RoomPage(page).join({ second: -1, besides });
    },
  ],
];
const DESK: Scene[] = [
  ...STATES,
  [
    'elsewhere-room',
    async (page) => {
      await new RoomPage(page).join({ second: 128 });
      await page.getByTitle('Seats: who is here').click();
      await page.getByRole('button', { name: 'Change your seat' }).click();
      await makeLink(page);
    },
  ],
  [
    'seats-away',
    async (page) => {
      const besides = [frameAfter(128, { seats: withoutBo(), locked: true, rules: BOOTH_RULES })];
      await new RoomPage(page).join({ second: 128, besides });
      await page.getByTitle('Seats: who is here').click();
    },
  ],
  [
    'host-ranked',
    async (page) => {
      const besides = [frameAfter(128, { seats: withoutBo(), locked: true, rules: BOOTH_RULES })];
      await new RoomPage(page).join({ second: 128, besides });
      await page.getByRole('button', { name: 'Host', exact: true }).click();
    },
  ],
];
const PHONE: Scene[] = [
  ...STATES,
  [
    'more-away',
    (page) => {
      const besides = [frameAfter(128, { seats: withoutBo(), locked: true, rules: BOOTH_RULES })];
      return new RoomPage(page).join({ second: 128, tab: 'more', besides });
    },
  ],
];

lookAtScenes(DESK, PHONE);
