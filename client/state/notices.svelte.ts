/** What the room says about itself. */

/** A notice. */
export type Notice = { id: number; level: 'info' | 'warn' | 'bad'; text: string };

/** Notices that nobody has closed. */
export class NoticeList {
  /** Oldest first. */
  items = $state.raw<readonly Notice[]>([]);
  #next = 1;

  /** Shows one; the same text is shown once. */
  add(level: Notice['level'], text: string): void {
    if (this.items.some((one) => one.text === text)) return;
    this.items = [...this.items, { id: this.#next++, level, text }].slice(-3);
  }

  /** Closes one. */
  close(id: number): void {
    this.items = this.items.filter((one) => one.id !== id);
  }
}
