/** Addresses of nodes and pods: a /24 of pod addresses per node, as the usual network plugins give them. */

/** The node's own address. */
export function nodeAddress(host: number): string {
  return `10.0.0.${11 + host}`;
}

/** The node's range of pod addresses. */
export function podCidr(host: number): string {
  return `10.244.${host}.0/24`;
}

/** A pod's address on a node. */
export function podAddress(host: number, octet: number): string {
  return `10.244.${host}.${octet}`;
}
