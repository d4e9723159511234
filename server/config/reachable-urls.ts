/** Where players reach this server, for links and QR codes. */
import { networkInterfaces } from 'node:os';

/** Addresses of this server. */
export type ReachableUrls = {
  /** The one to share, without a slash at the end. */
  publicUrl: string;
  /** Those on the local network. */
  lanUrls: string[];
  /** True when nobody on another computer can join. */
  onlyThisComputer: boolean;
};

const EVERYWHERE = ['0.0.0.0', '::'];

/** True for an address that only this computer can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/** The addresses that follow from the settings and the port that is really listened on. */
export function reachableUrls(
  host: string,
  port: number,
  publicUrl: string | null,
  lan: readonly string[] = lanAddresses(),
): ReachableUrls {
  const url = (address: string) => `http://${bracketed(address)}:${port}`;
  const local = isLoopback(host);
  const everywhere = EVERYWHERE.includes(host);
  const lanUrls = local ? [] : everywhere ? lan.map(url) : [url(host)];
  const own = local || (everywhere && lanUrls.length === 0) ? url('localhost') : lanUrls[0];
  return { publicUrl: publicUrl ?? own, lanUrls, onlyThisComputer: local && publicUrl === null };
}
