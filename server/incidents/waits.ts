/** What waits inside an incident for time to pass or an answer to arrive; looked at after every slice. */

type Wait = { look: () => boolean; giveUp: () => void };

/** The waits of one incident. */
export class Waits {
  #waits: Wait[] = [];

  /** Resolves with the first answer of `look` that is not undefined, asked now and after every slice. */
  until<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const ask = () => {
        try {
          const found = look();
          if (found !== undefined) resolve(found);
          return found !== undefined;
        } catch (error) {
          // Looking changes nothing, so only whoever waits has to hear of it.
          reject(error as Error);
          return true;
        }
      };
      if (ask()) return;
      this.#waits.push({ look: ask, giveUp: () => reject(new Error('The incident is over.')) });
    });
  }

  /** Looks at all. */
  look(): void {
    if (this.#waits.length === 0) return;
    this.#waits = this.#waits.filter(({ look }) => !look());
  }

  /** Ends all. */
  giveUp(): void {
    const all = this.#waits;
    this.#waits = [];
    for (const { giveUp } of all) giveUp();
  }
}
