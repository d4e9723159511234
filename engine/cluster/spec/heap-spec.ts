/** The heap of a garbage-collected program: what an author writes of its runtime. */

/** A heap of one space that is collected when the room for new objects is full, all threads stopped. */
export type HeapSpec = {
  /** Most that it may hold, bytes (-Xmx, --max-old-space-size, GOMEMLIMIT). */
  limitBytes: number;
  /** Room for new objects between two collections while the heap is roomy, bytes. */
  youngBytes: number;
  /** Live data of the idle program, bytes. */
  liveBytes: number;
  /** Allocated for one request at load scale 1, garbage when it is answered, bytes. */
  allocatePerSpanBytes: number;
  /** What stays live for ever of each request at load scale 1, bytes; 0 = no leak. */
  leakPerSpanBytes: number;
  /** Live bytes that one CPU second of collection traces and moves. */
  tracedBytesPerSecond: number;
  /** Threads that collect; the pause is the work over the cores they get. */
  threads: number;
  /** Exit code when the heap cannot hold what is live: 3 (JVM, ExitOnOutOfMemoryError), 134 (Node). */
  exitCode: number;
};
