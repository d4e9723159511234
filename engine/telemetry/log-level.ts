/** Severities of log lines, mildest first. */
import type { LogTemplateSpec } from '../cluster/system-spec.ts';

/** A severity. */
export type LogLevel = LogTemplateSpec['level'];

/** All severities, mildest first. */
export const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'fatal'];
