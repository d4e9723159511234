/** What spectators need to know of rooms: which incident is played, what comes next, what the host shows. */

/** The rooms as those who watch them need them. */
export type RoomsPort = {
  /** The incident that is played in a room now, or null when there is no such room. */
  incidentOf: (code: string) => string | null;
  /** Hears of each next round, by the code of its room. */
  onNextRound: (listener: (code: string) => void) => void;
  /** Hears when a host moves everybody's debrief to a step, 1 to 4. */
  onBeat: (listener: (code: string, beat: number) => void) => void;
};
