/**
 * Applies one typed command to the world and says what came of it, as the terminal prints it.
 *
 * Reads   the command and the world as it is now. Changes   the world, through the API server's one entrance
 *         or the cluster's own functions.
 * Why     A command is resolved when it is applied: an object or container that is gone by then is a refusal
 *         in the words of the tool, never an error of ours.
 */
import type { ClusterCommand, CommandOutcome } from '../protocol/cluster-commands.ts';
import type { World } from '../platforms/kubernetes/world.ts';
import { performRemove, performTruncate } from './perform/perform-file.ts';
import { performCreate, performDelete, performPatch, performReplace } from './perform/perform-object.ts';
import { performSignal, performSql } from './perform/perform-process.ts';
import { performRequest } from './perform/perform-request.ts';

/** What came of a command; `inquiry` is the token of a request that is still to be answered. */
export type PerformedCommand = CommandOutcome & { inquiry: number | null };

/** Applies a command as a seat. */
export function performCommand(world: World, seat: string, command: ClusterCommand): PerformedCommand {
  if (command.type === 'SendRequest') return performRequest(world, command);
  return { ...performNow(world, seat, command), inquiry: null };
}

function performNow(
  world: World,
  seat: string,
  command: Exclude<ClusterCommand, { type: 'SendRequest' }>,
): CommandOutcome {
  switch (command.type) {
    case 'PatchObject':
      return performPatch(world, seat, command);
    case 'DeleteObject':
      return performDelete(world, seat, command);
    case 'CreateObject':
      return performCreate(world, seat, command);
    case 'ReplaceObject':
      return performReplace(world, seat, command);
    case 'RemoveFile':
      return performRemove(world, command);
    case 'TruncateFile':
      return performTruncate(world, command);
    case 'SignalProcess':
      return performSignal(world, command);
    case 'RunSql':
      return performSql(world, command);
  }
}
