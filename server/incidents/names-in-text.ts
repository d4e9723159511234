/**
 * Roles in place of people's names in what people wrote: `ask Ana` becomes `ask Ops 2`. Whole words only, the
 * longest name first; a name that is a word of the system or of the game stays, for nobody could tell who
 * or what is meant.
 */
import {
  PIN_CHARACTERS_MAX,
  PLAN_CHARACTERS_MAX,
  TEXT_CHARACTERS_MAX,
} from '@chaotic-good/engine/incident/decide/text-limits';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import type { Happening } from '@chaotic-good/engine/protocol/events';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import { ROLES } from '@chaotic-good/engine/protocol/roles';

/** A text with roles in place of names, of at most so many characters if it was not longer before. */
export type RoleWriter = (text: string, charactersMax: number) => string;

/** What a person wrote, by kind of command or event: members and their longest length. */
const WRITTEN: Readonly<Partial<Record<(Command | Happening)['type'], Readonly<Record<string, number>>>>> = {
  PostMessage: { text: TEXT_CHARACTERS_MAX },
  MessagePosted: { text: TEXT_CHARACTERS_MAX },
  AddNote: { text: TEXT_CHARACTERS_MAX },
  NoteAdded: { text: TEXT_CHARACTERS_MAX },
  AddHypothesis: { expectation: TEXT_CHARACTERS_MAX },
  HypothesisAdded: { expectation: TEXT_CHARACTERS_MAX },
  ProposePlan: { text: PLAN_CHARACTERS_MAX },
  PlanProposed: { text: PLAN_CHARACTERS_MAX },
  NameNext: { text: PLAN_CHARACTERS_MAX },
  NextActionNamed: { text: PLAN_CHARACTERS_MAX },
  PinEvidence: { title: PIN_CHARACTERS_MAX.title, text: PIN_CHARACTERS_MAX.text },
  EvidencePinned: { title: PIN_CHARACTERS_MAX.title, text: PIN_CHARACTERS_MAX.text },
};

/** English words that are names too: only the name as it is written at the table is taken for one. */
const WORDS_TOO = new Set([
  ...[
    'max',
    'min',
    'will',
    'mark',
    'may',
    'sue',
    'bill',
    'rob',
    'grace',
    'hope',
    'joy',
    'art',
    'pat',
    'frank',
  ],
  ...['drew', 'chase', 'guy', 'dean', 'page', 'ray', 'rich', 'miles', 'rose', 'dawn', 'eve'],
]);

/** Words of the game that can be names of seats. */
const GAME_WORDS = [
  'ic',
  'host',
  'team',
  'user',
  'users',
  'pod',
  'pods',
  'node',
  'nodes',
  'database',
  'server',
];

/** Every name that a seat had, with the role in its place. */
function namesOf({ state }: Incident, titles: ReadonlyMap<string, string>): Map<string, string> {
  const names = new Map<string, string>();
  for (const event of state.events) {
    if (event.type !== 'SeatJoined' && event.type !== 'SeatRenamed') continue;
    names.set(event.name.trim(), titles.get(event.seat) ?? 'Former member');
  }
  return names;
}

/** Words that may not be taken for names, in lower case. */
function wordsOf({ setup }: Incident): Set<string> {
  const { programs, journeys, hosts } = setup.system;
  const things = [...programs, ...hosts, ...journeys].map(({ name }) => name);
  const titles = [...journeys.map(({ title }) => title), ...ROLES.map(({ title }) => title)];
  const words = [...things, ...titles.flatMap((title) => [title, ...title.split(' ')]), ...GAME_WORDS];
  return new Set(words.map((word) => word.toLowerCase()));
}

/** A text as a pattern that matches it; a dash needs no escape, and may have none where `u` is set. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** A name as a whole word: not a part of another one, nor of a name with dashes, dots or slashes. */
function pattern(name: string): RegExp {
  const anyCase = name.length >= 3 && !WORDS_TOO.has(name.toLowerCase());
  const edges = ['(?<![\\p{L}\\p{N}_/-])', '(?![\\p{L}\\p{N}_]|[-./][\\p{L}\\p{N}])'];
  return new RegExp(`${edges[0]}${escaped(name)}${edges[1]}`, anyCase ? 'giu' : 'gu');
}

/** Writes roles for the names of an incident's seats; `titles` = the role of each seat. */
export function roleWriter(incident: Incident, titles: ReadonlyMap<string, string>): RoleWriter {
  const words = wordsOf(incident);
  const names = [...namesOf(incident, titles)]
    .filter(([name]) => name.length >= 2 && !words.has(name.toLowerCase()))
    .sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
    .map(([name, role]) => ({ find: pattern(name), role }));
  return (text, charactersMax) => {
    const written = names.reduce((before, { find, role }) => before.replace(find, role), text);
    const tooLong = written.length > charactersMax && text.length <= charactersMax;
    return tooLong ? `${written.slice(0, charactersMax - 1)}…` : written;
  };
}

/** A command or an event with roles in place of names in what a person wrote. */
export function writtenWithRoles<T extends Command | Happening>(one: T, write: RoleWriter): T {
  const members = WRITTEN[one.type];
  if (members === undefined) return one;
  const changed = Object.entries(members).map(([member, charactersMax]) => {
    const text = (one as unknown as Record<string, string>)[member];
    return [member, write(text, charactersMax)];
  });
  return { ...one, ...(Object.fromEntries(changed) as Partial<T>) };
}
