/** Numbers of the incident's events in the event list (128–191). In snapshots: append, never renumber. */

/** A second of incident time has ended: sample, judge, close. */
export const EVENT_SECOND = 128;
/** A write that happens whatever is drawn; a = number in the scenario's backdrop. */
export const EVENT_TIMED_WRITE = 129;
/** The fault begins. */
export const EVENT_ONSET = 130;
/** The calm is over. */
export const EVENT_CALM_END = 131;
