/** Pages of the game, as a person sees them. */
import type { Locator, Page } from '@playwright/test';
import type { Recording } from '../net/recording.ts';
import { CODE, sayBesides, serve } from './fake-server.ts';

/** How the recording is joined. */
export type JoinOptions = {
  /** Second of the incident that is shown first; −1 = the lobby. */
  second: number;
  /** Tab of the room. */
  tab?: string;
  /** Seconds a second; default 0, which stands still. */
  speed?: number;
  /** What the room says then, besides what was recorded. */
  besides?: Recording['messages'];
};

/** A room that plays the recording. */
export class RoomPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the room at a moment. */
  async join({ second, tab = '', speed = 0, besides = [] }: JoinOptions): Promise<void> {
    await serve(this.page);
    if (besides.length > 0) await sayBesides(this.page, besides);
    const query = `replay=demo.json&from=${second}&speed=${speed}`;
    await this.page.goto(`/?${query}#/room/${CODE}${tab === '' ? '' : `/${tab}`}`);
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
  }

  /** A part by its heading. */
  part(name: string | RegExp): Locator {
    return this.page.getByRole('region', { name });
  }

  /** A tab of the middle. */
  tab(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
  }

  /** What was asked for, with its state. */
  outbox(): Locator {
    return this.page.getByRole('list', { name: 'What you asked for' });
  }
}
