/** The roles of an incident response team, and how they combine when the team is small. */

/** A role. A seat can hold several. */
export type Role = 'incident-commander' | 'deputy' | 'ops' | 'comms' | 'scribe' | 'observer';

/** What a player reads before choosing a role. */
export type RoleText = {
  /** The role. */
  role: Role;
  /** Title. */
  title: string;
  /** What whoever holds it does, in one sentence. */
  sentence: string;
};

/** Every role, in the order in which lists show them. */
export const ROLES: readonly RoleText[] = [
  {
    role: 'incident-commander',
    title: 'Incident commander',
    sentence: 'Leads: decides what is done next and declares the incident resolved.',
  },
  { role: 'deputy', title: 'Deputy', sentence: 'Backs up the commander and takes over when needed.' },
  { role: 'ops', title: 'Ops', sentence: 'Looks into the system and changes it.' },
  { role: 'comms', title: 'Comms', sentence: 'Tells everyone else what is known.' },
  { role: 'scribe', title: 'Scribe', sentence: 'Writes down what was seen, decided and done.' },
  { role: 'observer', title: 'Observer', sentence: 'Watches; changes nothing.' },
];
