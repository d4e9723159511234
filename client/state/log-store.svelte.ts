/** Log lines as they came, at most 50,000, with what is to be seen of them. */
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import { foldLines, matchesLine } from './log-filter.ts';
import type { LogFilter, LogLine } from './log-filter.ts';

const LINES_MAX = 50_000;

/** The log lines of all containers. */
export class LogStore {
  /** Grows with every new line; whoever reads lines reads it, and so is told. */
  #version = $state(0);
  /** Lines that the room left out, because there were too many. */
  omitted = $state(0);
  #lines: LogLine[] = [];

  /** Forgets everything. */
  clear(): void {
    this.omitted = 0;
    this.#lines = [];
    this.#version++;
  }

  /** Takes a frame's news in. */
  apply({
    logLines,
    logLinesOmitted,
  }: Pick<NonNullable<WireFrame['telemetry']>, 'logLines' | 'logLinesOmitted'>): void {
    this.omitted += logLinesOmitted;
    if (logLines.length === 0) return;
    const last = this.#lines.at(-1)?.order ?? -1;
    this.#lines.push(...logLines.filter(({ order }) => order > last));
    if (this.#lines.length > LINES_MAX) this.#lines.splice(0, this.#lines.length - LINES_MAX);
    this.#version++;
  }

  /** Takes older lines in. */
  merge(lines: readonly LogLine[]): void {
    const known = new Set(this.#lines.map(({ order }) => order));
    const fresh = lines.filter(({ order }) => !known.has(order));
    if (fresh.length === 0) return;
    this.#lines = [...fresh, ...this.#lines].sort((a, b) => a.order - b.order).slice(-LINES_MAX);
    this.#version++;
  }

  /** Lines that pass a filter, runs of the same line folded. */
  find(filter: LogFilter): LogLine[] {
    void this.#version;
    const found = this.#lines.filter((line) => matchesLine(line, filter));
    return filter.fold ? foldLines(found) : found;
  }

  /** Workloads that have written. */
  workloads(): string[] {
    void this.#version;
    return [...new Set(this.#lines.map(({ workload }) => workload))].sort();
  }
}
