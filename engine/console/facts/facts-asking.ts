/** Who asks for facts, and the readers that all kinds share. */
import type { JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, countAt, objectAt, objectsAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import type { World } from '../../platforms/kubernetes/kube-state.ts';
import { findResourceByText } from '../../platforms/kubernetes/resources.ts';
import { parseTimestampMicros } from '../../platforms/kubernetes/timestamps.ts';
import type { Observation } from '../../protocol/cluster-commands.ts';
import type { Fact, FactEvent, FactTone, ThingFacts } from '../../protocol/thing-facts.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { lastSeen } from '../kubectl/describe/lines.ts';
import { listObjects } from '../kubectl/ask.ts';
import type { Invocation } from '../kubectl/invocation.ts';
import { observeObjects } from '../kubectl/observe-objects.ts';

/** Most events that are shown. */
const EVENTS_MAX = 6;

/** Who asks, in the words of the console. */
export type FactsAsking = {
  /** What is looked at. */
  world: World;
  /** Logs and series. */
  telemetry: Telemetry;
  /** The call that the console's readers want; its namespace is that of the thing. */
  call: Invocation;
  /** What was shown so far, as evidence. */
  observed: Observation[];
};

/** What a kind has to tell beside what all have. */
export type OwnFacts = Partial<ThingFacts> & Pick<ThingFacts, 'state' | 'tone'>;

/** Simulation time of a timestamp, or null. */
export function momentOf({ world }: FactsAsking, timestamp: string): number | null {
  return parseTimestampMicros(world.kube.store, timestamp) ?? null;
}

/** A fact in words. */
export function fact(name: string, value: string, tone: FactTone = 'neutral'): Fact {
  return { name, value, tone };
}

/** The objects of a kind in the thing's namespace, or everywhere. */
export function objectsOf(asking: FactsAsking, resource: string, everywhere = false): KubeObject[] {
  const answer = listObjects({ ...asking.call, allNamespaces: everywhere }, findResourceByText(resource));
  return answer.ok ? answer.value : [];
}

/** Conditions; those that are not as they should be strike the eye. */
export function conditionsOf(object: KubeObject): Fact[] {
  return objectsAt(objectAt(asJson(object), 'status'), 'conditions').map((condition) => {
    const type = textAt(condition, 'type');
    const status = textAt(condition, 'status');
    const wanted = type.endsWith('Pressure') || type.endsWith('Unavailable') ? 'False' : 'True';
    const why = textAt(condition, 'message') || textAt(condition, 'reason');
    const value = why === '' ? status : `${status}: ${why}`;
    return fact(type, value, status === wanted ? 'neutral' : 'bad');
  });
}

/** The newest events about an object; they count as seen. */
export function eventsOf(asking: FactsAsking, object: KubeObject): FactEvent[] {
  const about = objectsOf(asking, 'events', true).filter((event) => {
    const involved = objectAt(asJson(event), 'involvedObject');
    return textAt(involved, 'kind') === object.kind && textAt(involved, 'name') === object.metadata.name;
  });
  const newest = about
    .sort((a, b) => compareText(lastSeen(asJson(b)), lastSeen(asJson(a))))
    .slice(0, EVENTS_MAX);
  asking.observed.push(...observeObjects(findResourceByText('events'), newest, false));
  return newest.map((event) => eventFact(asking, asJson(event)));
}

function eventFact(asking: FactsAsking, event: JsonObject): FactEvent {
  return {
    atMicros: momentOf(asking, lastSeen(event)) ?? 0,
    reason: textAt(event, 'reason'),
    message: textAt(event, 'message').trim().replaceAll('\n', ' '),
    count: Math.max(1, countAt(event, 'count')),
    tone: textAt(event, 'type') === 'Warning' ? 'warn' : 'neutral',
  };
}
