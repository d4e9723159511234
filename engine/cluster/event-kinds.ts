/**
 * Numbers of the cluster's events in the event list. 1–63 belong to the cluster, 64–127 to the
 * platforms, 128–191 to the incident. Part of snapshots: append, never renumber.
 */

/** A user begins a journey; a = journey. */
export const EVENT_ARRIVAL = 1;
/** A request reaches its process; a = span. */
export const EVENT_SPAN_ARRIVES = 2;
/** The first job of a process is done, or its CPU quota runs out or is renewed; a = process. */
export const EVENT_PROCESSOR = 3;
/** Storage has answered; a = span. */
export const EVENT_DISK_DONE = 4;
/** An answer reaches its caller; a = span that answered. */
export const EVENT_ANSWER = 5;
/** A connection stands or was refused; a = pool, b = connection. */
export const EVENT_CONNECTED = 6;
/** The oldest deadline of a queue is due; a = deadline queue. */
export const EVENT_DEADLINE = 7;
/** A caller tries again after back-off; a = span, b = call serial. */
export const EVENT_RETRY = 8;
/** A user has thought; a = user. */
export const EVENT_USER_STEP = 9;
/** A process has booted, or gives up booting; a = process. */
export const EVENT_BOOTED = 10;
/** A process must be gone; a = process. */
export const EVENT_KILL = 11;
/** Periodic housekeeping of a process (shipping logs, watching its disk); a = process. */
export const EVENT_HOUSEKEEPING = 12;
/** A balancer checks its targets; a = balancer. */
export const EVENT_HEALTH_CHECK = 13;
/** No answer yet: the request is sent a second time; a = span, b = call serial. */
export const EVENT_HEDGE = 14;
/** A call that was given less time than its edge gives is over; a = span, b = call serial. */
export const EVENT_CALL_DEADLINE = 15;
/** A message that did not get through is sent again; a = span, b = times it was sent. */
export const EVENT_RESEND = 16;
/** A closed connection is told to its server (again); a = server, b = client host and tries. */
export const EVENT_FIN = 17;

/** First number that belongs to the platforms. */
export const EVENT_PLATFORM_FIRST = 64;
/** First number that belongs to the incident. */
export const EVENT_INCIDENT_FIRST = 128;
