/** How a team worked together, as counts; told in the debrief, never scored. */

/** Counts over one incident; all are whole numbers from 0. */
export type TeamworkCounts = {
  /** Things proposed, by anyone. */
  proposals: number;
  /** Of these, proposed by whoever led, and approved by that. */
  byLead: number;
  /** Proposals of others that were answered before they opened to all, 20 s at most. */
  answeredInTime: number;
  /** Proposals that opened because nobody answered in time. */
  openedUnanswered: number;
  /** Proposals that were called done. */
  done: number;
  /** Components claimed, taking over not counted. */
  claims: number;
  /** Claims taken over from somebody else. */
  takeOvers: number;
  /** Status updates posted. */
  statusUpdates: number;
  /** Promised updates that did not come in time, the last one up to the close. */
  overdueUpdates: number;
  /** All-clears while users were hurt, or that a customer contradicted. */
  falseAllClears: number;
  /** Things pinned as evidence. */
  pins: number;
  /** Notes on the timeline. */
  notes: number;
  /** Support tickets that customers opened. */
  tickets: number;
};
