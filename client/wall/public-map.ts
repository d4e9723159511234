/**
 * The map as the public may read it: names, alerts that fired for all, what users met on journeys, and what
 * the team itself suspects. A part of which nothing is said is not called healthy.
 */
import type { AlertView, HypothesisView, JourneyView } from '@chaotic-good/engine/protocol/views';
import type { MapNode } from '@chaotic-good/engine/protocol/wire';
import type { PublicRoom } from '../../server/spectators/public-message.ts';
import type { Level } from '../state/level.ts';
import { percentText } from '../ui/format.ts';

/** A part of the map. */
export type PublicPart = {
  id: string;
  title: string;
  level: Level;
  /** Its mark in words. */
  word: string;
  /** What is known of it, '' for nothing. */
  why: string;
  /** Open theories that name it. */
  suspected: number;
};

/** What it is read off. */
export type PublicFacts = {
  journeys: readonly JourneyView[];
  alerts: readonly AlertView[];
  hypotheses: readonly HypothesisView[];
};

/** From half of the users on a journey is down, as elsewhere. */
const DOWN_RATIO = 0.5;

function isFiring({ resolvedAtMicros }: AlertView): boolean {
  return resolvedAtMicros === null;
}

/** Whether the subject of an alert (`namespace/pod/container`) is of a workload (`namespace/name`). */
function isOf(subject: string, workload: string): boolean {
  return workload !== '' && (subject === workload || subject.startsWith(`${workload}-`));
}

function usersPart({ id, title }: MapNode, journeys: readonly JourneyView[]): PublicPart {
  const known = journeys.flatMap((one) => (one.goodRatio === null ? [] : [{ ...one, good: one.goodRatio }]));
  const hurt = known.filter(({ good, objectiveRatio }) => good < objectiveRatio);
  const worst = hurt.toSorted((a, b) => a.good - b.good)[0];
  const part = { id, title, suspected: 0 };
  if (known.length === 0) return { ...part, level: 'unknown', word: 'no traffic', why: '' };
  if (worst === undefined)
    return { ...part, level: 'healthy', word: 'served', why: 'get what they came for' };
  const why = `${worst.title}: ${percentText(worst.good)} good`;
  return { ...part, level: worst.good < DOWN_RATIO ? 'down' : 'degraded', word: 'hurt', why };
}

/** The parts of the map with what everybody may know of them. */
export function publicParts({ map }: PublicRoom, facts: PublicFacts): PublicPart[] {
  const firing = facts.alerts.filter(isFiring);
  return map.nodes.map((node): PublicPart => {
    if (node.kind === 'users') return usersPart(node, facts.journeys);
    const { id, title, workload } = node;
    const open = facts.hypotheses.filter(({ verdict, component }) => verdict === null && component === id);
    const part = { id, title, suspected: open.length };
    const alert = firing.find(({ subject }) => isOf(subject, workload));
    if (alert !== undefined) return { ...part, level: 'degraded', word: 'alert', why: alert.title };
    return { ...part, level: 'unknown', word: 'no alert', why: '' };
  });
}

/** Alerts that fire and are about no part of the map. */
export function otherAlerts({ map }: PublicRoom, alerts: readonly AlertView[]): AlertView[] {
  return alerts
    .filter(isFiring)
    .filter(({ subject }) => !map.nodes.some(({ workload }) => isOf(subject, workload)));
}
