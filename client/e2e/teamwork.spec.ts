/** What commander, comms and scribe do on the pages, at a desk and with a thumb. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Role } from '@chaotic-good/engine/protocol/roles';
import type { InboxView, StatusView } from '@chaotic-good/engine/protocol/team-views';
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import { frameAfter } from './frame-after.ts';
import { lookAt } from './look-at.ts';
import { RoomPage } from './room-page.ts';
import { seatsWithHost } from './seats-with-host.ts';

const DESK = { width: 1440, height: 900 };
const POSTED: StatusView = {
  seat: 'seat-4',
  atMicros: 58e6,
  journeys: ['vote'],
  severity: 'SEV2',
  state: 'investigating',
  nextDueMicros: 88e6,
};
const ASKED: InboxView = {
  persona: 'executive',
  reason: 'overdue',
  atMicros: 124e6,
  text: 'You promised an update, and the time has passed. What do I tell the board?',
};
const OUTSIDE: Partial<IncidentFrame> = {
  status: [POSTED],
  inbox: [
    { ...ASKED, persona: 'customer', reason: 'understated', atMicros: 96e6, text: 'It fails for us.' },
    ASKED,
  ],
  tickets: [{ journey: 'vote', title: 'Vote', count: 12 }],
};

/** The recorded seats with another role for this one. */
function withRole(role: Role): IncidentFrame['seats'] {
  return seatsWithHost('seat-1').map((seat) => (seat.seat === 'seat-1' ? { ...seat, roles: [role] } : seat));
}

/** Joins as somebody else than the commander. */
async function joinAs(
  page: Page,
  role: Role,
  tab = '',
  view: Partial<IncidentFrame> = {},
): Promise<RoomPage> {
  const room = new RoomPage(page);
  // Another hash alone would not load the page again.
  await page.goto('about:blank');
  await room.join({ second: 128, tab, besides: [frameAfter(128, { seats: withRole(role), ...view })] });
  return room;
}

function headings(page: Page): Promise<string[]> {
  return page.locator('.column h2').allTextContents();
}

test.use({ colorScheme: 'dark', viewport: DESK });

test('the commander sees what waits, and answers it', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: 124 });
  await expect(room.part('Plan (1 waits for you)')).toContainText('opens to all in 19 s');
  await page.getByRole('button', { name: '1 proposal waits for your answer' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Propose' })).toBeFocused();
  await page.getByRole('button', { name: 'Yes: Cordon worker-3 and move its replica' }).click();
  await expect(room.outbox()).toContainText('Yes: Cordon worker-3 and move its replica');
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('What is done next').fill('Wait for Bo');
  await page.keyboard.press('Enter');
  await expect(room.outbox()).toContainText('Next');
});

test('who does not lead proposes, and cannot answer', async ({ page }) => {
  const room = await joinAs(page, 'ops', 'overview', { claims: [] });
  await expect(room.part(/^Plan/).getByRole('button', { name: /^Yes/ })).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await page.getByLabel('What to do').fill('Drain the node');
  await page.getByLabel('Shell line, if there is one').fill('kubectl drain worker-3');
  await page.getByRole('button', { name: 'Propose', exact: true }).last().click();
  await expect(room.outbox()).toContainText('Propose: Drain the node');
});

test('a planned line is put on the prompt, not run; a claim of somebody else is told', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: 135, tab: 'overview' });
  await page.getByRole('button', { name: 'Put into terminal' }).click();
  await expect(page).toHaveURL(/\/terminal-1/);
  const screen = page.locator('.xterm-rows').first();
  await expect(screen).toContainText('Plan: Cordon worker-3 and move its replica');
  await expect(screen).toContainText('Bo is at work on node/worker-3 since 14:07');
  await expect(screen).toContainText('kubectl cordon worker-3');
  await expect(screen).not.toContainText('the line was not run');
  await page.keyboard.press('Enter');
  await expect(screen).toContainText('the line was not run');
  await page.getByRole('button', { name: 'Pin last command' }).click();
  await expect(room.outbox()).toContainText('Pin: kubectl cordon worker-3');
});

test('comms begins with the status page and tells four facts', async ({ page }) => {
  const room = await joinAs(page, 'comms', 'overview', OUTSIDE);
  expect((await headings(page)).find((title) => !/System|Claims|Pods|Hints/.test(title))).toBe('Status page');
  await expect(room.part('Status page')).toContainText('overdue by 0:40');
  await expect(room.part('Status page')).toContainText('What do I tell the board?');
  await page.getByRole('button', { name: 'Update' }).click();
  await page.getByLabel('State', { exact: true }).selectOption('identified');
  await page.getByRole('checkbox', { name: 'Create a poll' }).check();
  await page.getByLabel('Next update').selectOption('10');
  await expect(room.part('Status page')).toContainText(
    'Affected: Create a poll and Vote. We know the cause and work on a fix. Next update in 10 minutes.',
  );
  await page.getByRole('button', { name: 'Post to the status page' }).click();
  await expect(room.outbox()).toContainText('Status: Identified, SEV2');
  await expect(page.getByRole('button', { name: 'Post to the status page' })).toHaveCount(0);
});

test('an all-clear names no hurt journey; ops only reads', async ({ page }) => {
  const room = await joinAs(page, 'comms', 'overview', OUTSIDE);
  await page.getByRole('button', { name: 'Update' }).click();
  await page.getByLabel('State', { exact: true }).selectOption('resolved');
  await expect(page.getByRole('checkbox', { name: 'Vote' })).toBeDisabled();
  await expect(room.part('Status page')).toContainText('All works again.');
  await joinAs(page, 'ops', '', OUTSIDE);
  await expect(room.part('Status page')).toContainText('overdue by 0:40');
  await expect(page.getByRole('button', { name: 'Update' })).toHaveCount(0);
  await expect(room.tab('Terminal 1'), 'ops starts in the terminal').toHaveAttribute('aria-current', 'page');
});

test('a message from outside is told aloud when it comes', async ({ page }) => {
  const room = new RoomPage(page);
  const late = frameAfter(131, { inbox: [{ ...ASKED, atMicros: 131e6 }] });
  await room.join({ second: 128, speed: 1, besides: [late] });
  const said = page.getByRole('status').filter({ hasText: 'The executive: You promised an update' });
  await expect(said).toHaveCount(1, { timeout: 10_000 });
});

test('a scribe writes a note by one key, and what is pinned leads back', async ({ page }) => {
  const room = await joinAs(page, 'scribe', 'logs');
  await page.keyboard.press('n');
  await expect(page.getByLabel('Note')).toBeFocused();
  await page.keyboard.type('Retransmits on worker-3 only');
  await page.keyboard.press('Enter');
  await expect(room.outbox()).toContainText('Note');
  const list = page.getByRole('log', { name: 'Log lines' });
  await list.getByTitle('The whole line').last().click();
  await page.getByRole('button', { name: 'Pin as evidence' }).last().click();
  await expect(room.outbox()).toContainText(/Pin: \w+: \w+/);
  await room
    .part(/^Evidence/)
    .getByRole('link', { name: 'Retransmits, node/worker-3' })
    .click();
  await expect(page).toHaveURL(/overview\?focus=node%2Fworker-3&from=-60&to=108$/);
  await page.getByRole('button', { name: 'Pin as evidence: User actions that fail' }).click();
  await expect(room.outbox()).toContainText('Pin: User actions that fail');
});

test('a claim is seen, taken over, and reached by the palette', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: 128, tab: 'overview' });
  await expect(room.part('Claims (1)')).toContainText('Bo since 14:07');
  await page.getByRole('button', { name: 'Take over node/worker-3' }).click();
  await expect(room.outbox()).toContainText('Take over node/worker-3');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('claim deployment/polls');
  await page.keyboard.press('Enter');
  await expect(room.outbox()).toContainText('Claim deployment/polls');
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: DESK });

    test('plan, status desk and claims can be read by everyone', async ({ page }) => {
      await new RoomPage(page).join({ second: 124, tab: 'overview' });
      await page.getByRole('button', { name: 'Propose' }).click();
      await lookAt(page, `plan-${colorScheme}`);
      await joinAs(page, 'comms', 'overview', OUTSIDE);
      await page.getByRole('button', { name: 'Update' }).click();
      await lookAt(page, `comms-${colorScheme}`);
      await joinAs(page, 'scribe', 'terminal-1');
      await page.locator('.xterm-helper-textarea').first().focus();
      await page.keyboard.type('kubectl drain worker-3');
      await lookAt(page, `scribe-${colorScheme}`);
    });
  });
}

test.describe('phone', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a commander answers, and comms posts, with a thumb', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 124, tab: 'channel' });
    await page.getByRole('button', { name: '1 proposal waits for your answer' }).tap();
    await expect(page).toHaveURL(/status$/);
    await lookAt(page, 'plan-phone');
    await page.getByRole('button', { name: 'Yes: Cordon worker-3 and move its replica' }).tap();
    await expect(room.outbox()).toContainText('Yes: Cordon');
    await joinAs(page, 'comms', 'status', OUTSIDE);
    await page.getByRole('button', { name: 'Update' }).tap();
    await lookAt(page, 'comms-phone');
    await page.getByRole('button', { name: 'Post to the status page' }).tap();
    await expect(room.outbox()).toContainText('Status: Investigating');
    await page.goto('about:blank');
    await room.join({ second: 128, tab: 'map' });
    await expect(room.part('Claims (1)')).toContainText('Bo since 14:07');
    await lookAt(page, 'claims-phone');
  });
});
