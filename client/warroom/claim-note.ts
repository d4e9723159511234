/** Who else is at work on what a typed line would change. Told before Enter; it never keeps a line back. */
import type { ClaimView } from '@chaotic-good/engine/protocol/team-views';
import { withOwner, writtenComponents } from './written-components.ts';

/** What a note is made of. */
export type ClaimPorts = {
  /** Claims, as the room shows them. */
  claims: readonly ClaimView[];
  /** Own seat: one's own claim needs no note. */
  seat: string;
  /** Every component that can be at fault, `kind/name`. */
  components: readonly string[];
  /** Name of a seat. */
  nameOf: (seat: string) => string;
  /** Clock time of a moment in microseconds, without seconds. */
  clock: (atMicros: number) => string;
};

/** The claim on a component, or on the workload of a pod; undefined when nobody has one. */
export function claimOn(
  component: string,
  claims: readonly ClaimView[],
  components: readonly string[],
): ClaimView | undefined {
  const names = withOwner(component, components);
  return claims.find((claim) => names.includes(claim.component));
}

/** One sentence for each claim of somebody else on what the line would change. */
export function claimNotes(line: string, ports: ClaimPorts): string[] {
  const { claims, seat, components, nameOf, clock } = ports;
  const others = claims.filter((claim) => claim.seat !== seat);
  if (others.length === 0) return [];
  const written = writtenComponents(line, components);
  return others
    .filter(({ component }) => written.includes(component))
    .map((claim) => `${nameOf(claim.seat)} is at work on ${claim.component} since ${clock(claim.atMicros)}`);
}
