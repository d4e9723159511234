/**
 * What a room takes along into its next round: who is there, host first, with the roles that they wished for,
 * what the team calls itself, and whether the door is locked. What was played stays behind.
 */
import type { Command, CommandEnvelope } from '@chaotic-good/engine/protocol/commands';
import type { IncidentSummary } from '../incidents/incident-host.ts';

/** The commands that bring the next round's lobby to where this round's room was, in order. */
export function carryOver({ seats, locked, team, room }: IncidentSummary): CommandEnvelope[] {
  const staying = seats
    .filter(({ connected, host }) => connected || host)
    .sort((left, right) => Number(right.host) - Number(left.host));
  const commands = staying.flatMap(({ seat, name, kind, wish }): [string, Command][] => [
    [seat, { type: 'JoinSeat', name, kind }],
    ...(wish === null ? [] : [[seat, { type: 'ChooseRole', role: wish }] satisfies [string, Command]]),
  ]);
  const [host] = staying;
  if (team !== '' && host !== undefined) commands.push([host.seat, { type: 'NameTeam', name: team }]);
  if (locked && host !== undefined) commands.push([host.seat, { type: 'LockRoom', locked }]);
  return commands.map(([seat, command], at) => ({
    commandId: `${seat}/round-${room.round + 1}-${at}`,
    seat,
    command,
  }));
}
