/**
 * Diagnosis, 200: component 80 (exact or an alias), mechanism 80 (from the closed list), evidence 40 (20
 * for each of two distinct pieces that somebody really looked at after the onset). The diagnosis filed
 * last counts. No time in it: impact already prices time.
 */
import { matchesName } from '../protocol/name-pattern.ts';
import { matchesObservation } from '../protocol/observation-pattern.ts';
import type { EventOf } from '../protocol/events.ts';
import { MECHANISMS } from '../protocol/mechanisms.ts';
import type { EvidenceSpec } from '../protocol/scenario-spec.ts';
import type { Because, ScorePart } from '../protocol/score.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { drawnTruth } from './drawn-truth.ts';

/** Most points. */
export const DIAGNOSIS_POINTS = 200;
const COMPONENT_POINTS = 80;
const MECHANISM_POINTS = 80;
const EVIDENCE_POINTS = 20;
const EVIDENCE_COUNTED = 2;

function scoreAnswer(input: ScoringInput): Because[] {
  const { instance } = drawnTruth(input);
  const filed = input.events.filter((event) => event.type === 'DiagnosisFiled').at(-1);
  if (filed === undefined) {
    const link = { kind: 'check' as const, id: 'diagnosis-filed' };
    return [{ points: 0, sentence: 'No diagnosis was filed.', link }];
  }
  const link = { kind: 'event' as const, seq: filed.seq };
  const answers = [instance.component, ...instance.aliases];
  const rightPlace = answers.some((answer) => matchesName(answer, filed.component));
  const rightKind = filed.mechanism === instance.mechanism;
  const title = MECHANISMS.find(({ id }) => id === instance.mechanism)?.title ?? instance.mechanism;
  return [
    {
      points: rightPlace ? COMPONENT_POINTS : 0,
      sentence: rightPlace
        ? `${filed.component} is the faulty component.`
        : `The faulty component is ${instance.component}, not ${filed.component}.`,
      link,
    },
    {
      points: rightKind ? MECHANISM_POINTS : 0,
      sentence: rightKind ? `Right: ${title}.` : `What was wrong: ${title}.`,
      link,
    },
  ];
}

function isSeen(evidence: EvidenceSpec, event: EventOf<'ObservationMade'>): boolean {
  return evidence.any.some((pattern) => matchesObservation(pattern, event.observation));
}

function scoreEvidence(input: ScoringInput): Because[] {
  const { instance } = drawnTruth(input);
  const seen = input.events.filter(
    (event) => event.type === 'ObservationMade' && event.atMicros >= input.onsetMicros,
  ) as EventOf<'ObservationMade'>[];
  return instance.evidence
    .flatMap((evidence) => {
      const first = seen.find((event) => isSeen(evidence, event));
      return first === undefined ? [] : [{ evidence, seq: first.seq, atMicros: first.atMicros }];
    })
    .sort((left, right) => left.atMicros - right.atMicros || left.seq - right.seq)
    .map(({ evidence, seq }, at) => ({
      points: at < EVIDENCE_COUNTED ? EVIDENCE_POINTS : 0,
      sentence: `Evidence seen: ${evidence.title}`,
      link: { kind: 'event' as const, seq },
    }));
}

/** The part with its reasons. */
export function scoreDiagnosis(input: ScoringInput): ScorePart {
  const because = [...scoreAnswer(input), ...scoreEvidence(input)];
  const points = because.reduce((sum, reason) => sum + reason.points, 0);
  return { id: 'diagnosis', title: 'Diagnosis', points, max: DIAGNOSIS_POINTS, because };
}
