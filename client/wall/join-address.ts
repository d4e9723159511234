/** Where a phone joins a room: the address that others reach, if others reach this server at all. */
import type { ServerInfo } from '../net/api.ts';
import { roomAddress } from '../state/address.ts';

/** The whole address to join a room at; null when only this computer reaches the server. */
export function joinAddress(code: string, info: ServerInfo, origin: string): string | null {
  if (info.onlyThisComputer) return null;
  const base = info.publicUrl ?? info.lanUrls[0] ?? origin;
  return `${base.replace(/\/$/, '')}/${roomAddress(code, '')}`;
}
