/**
 * The team's work as the public may know it: what the status page says, by facts and without who posted it;
 * what the team suspects, and what kind of act waits for an answer. Nothing that a person typed as text:
 * what people wrote to each other, what they pinned and who is at work on what stays in the room.
 */
import type { HypothesisView, IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { PlanView, StatusView } from '@chaotic-good/engine/protocol/team-views';
import type { CommonField, CommonView } from '@chaotic-good/engine/incident/common-view';
import { kindOfAct } from './kind-of-act.ts';

/** Members that only the team sees; `plan` and `hypotheses` are cut down instead. */
const KEPT_INSIDE = [
  'next',
  'pins',
  'claims',
  'inbox',
  'hints',
  'warmUps',
] as const satisfies readonly (keyof IncidentFrame)[];

/** The members of a view with the team's work cut down to what the status page says. */
export function publicMembers(fields: CommonView['fields']): CommonView['fields'] {
  const shown = new Map(fields);
  for (const name of KEPT_INSIDE) shown.delete(name);
  const read = <View>(name: CommonField) => JSON.parse(fields.get(name) ?? '[]') as View[];
  const put = (name: CommonField, views: readonly object[]) => shown.set(name, JSON.stringify(views));
  put(
    'status',
    read<StatusView>('status').map((one) => ({ ...one, seat: '' })),
  );
  put(
    'hypotheses',
    read<HypothesisView>('hypotheses').map((one) => ({ ...one, expectation: '' })),
  );
  put('plan', read<PlanView>('plan').filter(isGoingOn).map(publicPlan));
  return shown;
}

function isGoingOn({ state }: PlanView): boolean {
  return state === 'proposed' || state === 'approved' || state === 'open';
}

/** What kind of act it is, and how it stands; no word, no line and no name of it. */
function publicPlan(item: PlanView): PlanView {
  return { ...item, seat: '', answeredBy: '', line: '', component: '', text: kindOfAct(item.line) };
}
