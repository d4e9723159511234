/**
 * The closed list of mechanisms: what can be wrong, in plain words. Hypotheses and diagnoses pick from
 * it, so that a diagnosis is compared, never interpreted. It holds far more than any scenario draws.
 */

/** A mechanism, by id. */
export type MechanismId =
  | 'packet-loss'
  | 'policy-cut'
  | 'disk-full'
  | 'cpu-limit'
  | 'memory-limit'
  | 'database-overload'
  | 'pool-exhaustion'
  | 'dns-failure'
  | 'certificate-expiry'
  | 'bad-deploy'
  | 'node-failure'
  | 'connection-limit'
  | 'traffic-surge'
  | 'memory-leak'
  | 'retry-storm';

/** What a player reads before choosing one. */
export type Mechanism = {
  /** Its id. */
  id: MechanismId;
  /** Title in plain words. */
  title: string;
  /** What is wrong, in one sentence. */
  sentence: string;
};

/** Every mechanism, in the order in which lists show them. */
export const MECHANISMS: readonly Mechanism[] = [
  {
    id: 'packet-loss',
    title: 'Packets are lost',
    sentence: 'A network path drops packets, so some connections hang, are retransmitted or time out.',
  },
  {
    id: 'policy-cut',
    title: 'A network rule blocks a connection',
    sentence: 'A network policy or firewall rule no longer lets one part talk to another.',
  },
  {
    id: 'disk-full',
    title: 'A disk is full',
    sentence: 'A volume has no space left, so writes fail and whatever must write stops working.',
  },
  {
    id: 'cpu-limit',
    title: 'The CPU limit is too small',
    sentence: 'A container is throttled: it may use less CPU than its work needs.',
  },
  {
    id: 'memory-limit',
    title: 'The memory limit is too small',
    sentence: 'A container needs more memory than its limit allows and is killed for it.',
  },
  {
    id: 'database-overload',
    title: 'The database is overloaded',
    sentence: 'The database gets more, or more expensive, queries than it can work through.',
  },
  {
    id: 'pool-exhaustion',
    title: 'A connection pool is too small',
    sentence: 'Requests wait for a free connection although the other side has capacity left.',
  },
  {
    id: 'dns-failure',
    title: 'Names cannot be resolved',
    sentence: 'The cluster DNS fails or answers wrongly, so parts cannot find each other.',
  },
  {
    id: 'certificate-expiry',
    title: 'A certificate has expired',
    sentence: 'A TLS certificate is no longer valid, so handshakes fail.',
  },
  {
    id: 'bad-deploy',
    title: 'A new version has a bug',
    sentence: 'The code of a newly rolled out version is wrong; its resources are not.',
  },
  {
    id: 'node-failure',
    title: 'A node is down',
    sentence: 'A whole machine has stopped, with everything that ran on it.',
  },
  {
    id: 'connection-limit',
    title: 'A server refuses further connections',
    sentence: 'More clients connect than a server is configured to accept.',
  },
  {
    id: 'traffic-surge',
    title: 'There is far more traffic than usual',
    sentence: 'Users or bots send more requests than the system was sized for.',
  },
  {
    id: 'memory-leak',
    title: 'A program leaks memory',
    sentence: 'A program keeps memory that it no longer needs, until it is killed.',
  },
  {
    id: 'retry-storm',
    title: 'Retries keep the system overloaded',
    sentence: 'Clients repeat failed requests so often that the repeats are the load.',
  },
];

/** True for an id of the list. */
export function isMechanism(id: string): id is MechanismId {
  return MECHANISMS.some((mechanism) => mechanism.id === id);
}
