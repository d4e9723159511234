/** The post-mortem of a finished game, computed from its frozen result and from nothing else. */
import { POST_MORTEM_SCHEMA } from '@chaotic-good/engine/protocol/post-mortem';
import type { PostMortem, PostMortemPoint } from '@chaotic-good/engine/protocol/post-mortem';
import { wholeCharts } from './charts.ts';
import { decisionCharts } from './decisions.ts';
import { whatEndedIt, whatStaysOpen } from './ending.ts';
import { pinnedEvidence } from './evidence.ts';
import { contributingFactors } from './factors.ts';
import { hurtSpans, journeysHurt } from './hurt-spans.ts';
import { madeItWorse } from './made-it-worse.ts';
import { ofType } from './parts.ts';
import type { PostMortemParts } from './parts.ts';
import { postMortemPhases } from './phases.ts';
import { fourSentences } from './summary.ts';
import { timelineLines } from './timeline-lines.ts';
import { wantedActions } from './wanted-actions.ts';
import { wentWell } from './went-well.ts';

function impactOf(parts: PostMortemParts): PostMortem['impact'] {
  const { actual, doNothing, golden } = parts.debrief.impact;
  const hurt = hurtSpans(parts);
  return {
    runs: [
      { name: 'As played', ...actual },
      { name: 'Had nobody acted', ...doNothing },
      { name: 'With the best known course', ...golden },
    ],
    hurt,
    journeys: hurt.length === 0 ? [] : journeysHurt(parts, hurt),
    prices: parts.system.journeys.map(({ title, failureCostCents }) => ({ title, failureCostCents })),
    tickets: ofType(parts, 'TicketsOpened').reduce((sum, { count }) => sum + count, 0),
  };
}

/** Sentences of the document itself. */
function computed(sentences: readonly string[]): PostMortemPoint[] {
  return sentences.map((text, at) => ({ id: `c${at + 1}`, text, by: '' }));
}

/** The document, without what players answered. */
export function buildPostMortem(parts: PostMortemParts): PostMortem {
  const { debrief, system, roles } = parts;
  return {
    schema: POST_MORTEM_SCHEMA,
    marking: 'EXERCISE',
    gameId: debrief.gameId,
    title: debrief.title,
    system: system.title,
    team: debrief.team ?? '',
    roles: [...roles],
    heldAtUnixMs: debrief.heldAtUnixMs ?? null,
    startedAtUnixMs: debrief.startedAtUnixMs,
    closedAtMicros: debrief.closedAtMicros,
    summary: fourSentences(parts),
    impact: impactOf(parts),
    phases: postMortemPhases(parts),
    charts: wholeCharts(parts),
    decisions: decisionCharts(parts),
    evidence: pinnedEvidence(parts),
    timeline: timelineLines(parts),
    factors: computed(contributingFactors(parts)),
    worse: madeItWorse(parts),
    ended: whatEndedIt(parts),
    open: whatStaysOpen(parts),
    wentWell: computed(wentWell(parts)),
    wasHard: [],
    actions: wantedActions(parts).map(({ text, by }, at) => ({
      id: `c${at + 1}`,
      text,
      owner: '',
      due: '',
      by,
    })),
    answersTaken: [],
  };
}
