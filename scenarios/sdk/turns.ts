/**
 * People who act at times, one at a time, while simulated time stands still for whoever acts.
 *
 * Why   A line may have to wait (`sleep`, an answer to `curl`, a rollout), and meanwhile others go on. So
 *       each line is a coroutine that parks until its moment; the driver takes the earliest moment, lets the
 *       incident run up to it, and lets exactly one coroutine go on until it parks or ends. Equal moments go
 *       by number, so the order is the same in every run.
 */

/** Something that waits for its moment. */
type Parked = {
  /** Number, in order of parking. */
  id: number;
  /** When it is looked at next, microseconds. */
  atMicros: number;
  /** Whether it may go on; looked at again a step later when not. */
  may: () => boolean;
  /** How much later. */
  stepMicros: number;
  /** Lets it go on. */
  go: () => void;
};

/** Something that begins at a time, as soon as its player is free. */
export type Turn = {
  /** Earliest time, microseconds. */
  atMicros: number;
  /** Who acts; one turn of a player begins after the one before has ended. */
  player: string;
  /** What is done. */
  act: () => Promise<void>;
};

/** The driver of turns. */
export type Turns = {
  /** Parks the running turn until `may` answers yes, first asked at `atMicros`, then every step. */
  park: (atMicros: number, stepMicros: number, may: () => boolean) => Promise<void>;
  /** Plays all turns; `runTo` lets time pass and answers with the time that it is then. */
  play: (turns: readonly Turn[], runTo: (micros: number) => number) => Promise<void>;
};

type Settled = { promise: Promise<void>; resolve: () => void };

/** A driver with nothing to do yet. */
export function createTurns(): Turns {
  const parked: Parked[] = [];
  let lastId = 0;
  let settled: Settled = Promise.withResolvers<void>();
  let failed: unknown;

  /** Lets one coroutine go on until it parks or ends. */
  async function letGo(go: () => void): Promise<void> {
    settled = Promise.withResolvers<void>();
    go();
    await settled.promise;
    if (failed !== undefined) throw failed;
  }

  function nextParked(): Parked | undefined {
    return parked.reduce<Parked | undefined>(
      (best, one) => (best === undefined || one.atMicros < best.atMicros ? one : best),
      undefined,
    );
  }

  async function wake(one: Parked, nowMicros: number): Promise<void> {
    if (!one.may()) {
      one.atMicros = Math.max(one.atMicros, nowMicros) + one.stepMicros;
      return;
    }
    parked.splice(parked.indexOf(one), 1);
    await letGo(one.go);
  }

  return {
    park: (atMicros, stepMicros, may) =>
      new Promise((resolve) => {
        parked.push({ id: ++lastId, atMicros, stepMicros, may, go: resolve });
        settled.resolve();
      }),
    play: async (turns, runTo) => {
      const waiting = turns.map((turn, at) => ({ ...turn, at }));
      waiting.sort((a, b) => a.atMicros - b.atMicros || a.at - b.at);
      const busy = new Set<string>();
      const begin = (turn: Turn) => {
        busy.add(turn.player);
        void turn
          .act()
          .catch((error: unknown) => (failed = error))
          .finally(() => {
            busy.delete(turn.player);
            settled.resolve();
          });
      };
      for (;;) {
        const sleeper = nextParked();
        const next = waiting.find((turn) => !busy.has(turn.player));
        if (sleeper === undefined && next === undefined) return;
        if (next === undefined || (sleeper !== undefined && sleeper.atMicros <= next.atMicros)) {
          await wake(sleeper!, runTo(sleeper!.atMicros));
        } else {
          runTo(next.atMicros);
          waiting.splice(waiting.indexOf(next), 1);
          await letGo(() => begin(next));
        }
      }
    },
  };
}
