/**
 * Scripts of `sim`: who types what, when. One line of text each:
 *
 *     00:00   ada  role ops
 *     +02:05  ada  sh kubectl get pods | grep -v Running
 *     +130    bo   do {"type":"DeclareIncident","severity":"SEV2"}
 *
 * TIME is MM:SS, HH:MM:SS or seconds, from time 0 or, with `+`, from the onset. `#` begins a comment line.
 */
import { ROLES } from '@chaotic-good/engine/protocol/roles';
import type { Role } from '@chaotic-good/engine/protocol/roles';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import { COMMAND_TYPES } from './command-types.ts';
import { UsageError, unknownWord } from './usage-error.ts';

/** When a line is due. */
export type ScriptTime = { from: 'start' | 'onset'; micros: number };

/** What a line does. */
export type ScriptAction =
  { do: 'sh'; line: string } | { do: 'command'; command: Command } | { do: 'role'; role: Role };

/** A line of a script. */
export type ScriptLine = {
  /** Number of the line in its file, from 1. */
  number: number;
  /** When. */
  time: ScriptTime;
  /** Who. */
  player: string;
  /** What. */
  action: ScriptAction;
};

const TIME = /^(\+?)(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d{1,6})?)$/;
const PLAYER = /^[A-Za-z][\w-]{0,31}$/;
const RESERVED = ['system', 'script'];

/** A time, or null when the text is none. */
export function parseTime(text: string): ScriptTime | null {
  const parts = TIME.exec(text);
  if (parts === null) return null;
  const [, plus, hours = '0', minutes, seconds] = parts;
  if (minutes !== undefined && Number(seconds) >= 60) return null;
  const total = Number(hours) * 3600 + Number(minutes ?? '0') * 60 + Number(seconds);
  return { from: plus === '+' ? 'onset' : 'start', micros: Math.round(total * 1_000_000) };
}

function parseCommand(text: string): Command {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`this is not JSON: ${(error as Error).message}`);
  }
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  if (typeof type !== 'string') throw new UsageError('a command is an object with a "type"');
  if (!COMMAND_TYPES.includes(type)) throw unknownWord('command', type, COMMAND_TYPES);
  return value as Command;
}

function parseAction(verb: string, rest: string): ScriptAction {
  if (rest === '') throw new UsageError(`${verb} needs something after it`);
  if (verb === 'sh') return { do: 'sh', line: rest };
  if (verb === 'do') return { do: 'command', command: parseCommand(rest) };
  if (verb === 'role') {
    const role = ROLES.find((one) => one.role === rest)?.role;
    if (role === undefined)
      throw unknownWord(
        'role',
        rest,
        ROLES.map((one) => one.role),
      );
    return { do: 'role', role };
  }
  throw unknownWord('verb', verb, ['sh', 'do', 'role']);
}

function parseLine(text: string, number: number): ScriptLine {
  const [, at, player = '', verb = '', rest = ''] =
    /^(\S+)(?:\s+(\S+)(?:\s+(\S+)(?:\s+(.*))?)?)?$/.exec(text) ?? [];
  const time = parseTime(at ?? '');
  if (time === null) {
    throw new UsageError(`${at} is no time: write MM:SS, +MM:SS (after the onset) or seconds`);
  }
  if (player === '') throw new UsageError('after the time comes the player');
  if (!PLAYER.test(player))
    throw new UsageError(`${player} is no name of a player: letters, digits, _ and -`);
  if (RESERVED.includes(player)) throw new UsageError(`${player} is not a player: choose another name`);
  if (verb === '') throw new UsageError(`after the player comes sh, do or role`);
  return { number, time, player, action: parseAction(verb, rest.trim()) };
}

/**
 * Parses a script.
 *
 * @throws UsageError with `file:line: what is wrong`.
 */
export function parseScript(text: string, file: string): ScriptLine[] {
  return text.split(/\r?\n/).flatMap((raw, at) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return [];
    try {
      return [parseLine(line, at + 1)];
    } catch (error) {
      if (error instanceof UsageError) throw new UsageError(`${file}:${at + 1}: ${error.message}`);
      throw error;
    }
  });
}

/** Absolute time of a line, microseconds. */
export function dueMicros(time: ScriptTime, onsetMicros: number): number {
  return time.from === 'onset' ? onsetMicros + time.micros : time.micros;
}
