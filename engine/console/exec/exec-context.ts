/** Where a program runs. */
import type { ContainerRef } from '../../protocol/cluster-commands.ts';
import type { Process } from '../../cluster/cluster-state.ts';
import type { World } from '../../platforms/kubernetes/kube-state.ts';
import type { ConsoleReading } from '../console-types.ts';

/** A place a program may run in: a container, or the responder's own terminal. */
export type ProgramPlace = {
  /** What is looked at. */
  world: World;
  /** Seat that asks. */
  seat: string;
  /** Container; null = the terminal. */
  place: ContainerRef | null;
  /** Number of the container's main process, −1 at the terminal. */
  number: number;
  /** Standard input. */
  stdin: string;
};

/** A container in which a program runs. */
export type ExecContext = ProgramPlace & { place: ContainerRef };

/** A program: argv to what it shows or means to do. */
export type ExecProgram = (context: ExecContext, argv: readonly string[]) => ConsoleReading;

/** The main process of the container. */
export function mainProcess(context: ExecContext): Process {
  return context.world.cluster.processes[context.number];
}

/** The observation that a program was run here. */
export function ranProgram(
  context: ExecContext,
  program: string,
  argument: string,
): ConsoleReading['observed'] {
  return [{ tool: 'exec', program, ...context.place, argument }];
}
