/**
 * The purposes a draw can have. A draw is `hash(seed, purpose, key, index)`: two draws of different
 * purpose never share luck, so adding one purpose cannot shift another. Numbers are part of every
 * recorded incident: never renumber, only append.
 */

/** Gaps between arrivals of a journey, keyed by (journey, arrival number). */
export const PURPOSE_ARRIVAL = 1;
/** Choices of a user inside a journey (think time, which poll), keyed by request id. */
export const PURPOSE_USER = 2;
/** CPU work of a step, keyed by request id, index = call site × attempt. */
export const PURPOSE_WORK = 3;
/** Delay of one message on one hop, keyed by request id, index = hop × attempt. */
export const PURPOSE_DELAY = 4;
/** Loss of one message on one hop, keyed by request id, index = hop × attempt. */
export const PURPOSE_LOSS = 5;
/** Storage latency, keyed by request id. */
export const PURPOSE_DISK = 6;
/** Jitter of back-off, keyed by request id, index = attempt. */
export const PURPOSE_BACKOFF = 7;
/** Properties of one entity (boot time, skew), keyed by (workload, creation ordinal). */
export const PURPOSE_ENTITY = 8;
/** Object UIDs and name suffixes; never mixed with what decides behaviour. */
export const PURPOSE_IDENTITY = 9;
/** Noise of the offered load, keyed by second. */
export const PURPOSE_LOAD = 10;
/** What a scenario draws once: onset, fault, instance, parameters. */
export const PURPOSE_SCENARIO = 11;
/** Timing of controllers and agents, keyed by (controller, ordinal). */
export const PURPOSE_CONTROL = 12;
/** Loss and jitter on a link, keyed by request id, index = hop, link and try. */
export const PURPOSE_LINK = 15;
/** Choices of balancers, keyed by (workload, ordinal), index = pick. */
export const PURPOSE_BALANCE = 16;
/** Random players in tests. */
export const PURPOSE_PLAYER = 14;
