/** What the team pinned: charts, log lines, commands. */
import type { PostMortemEvidence } from '@chaotic-good/engine/protocol/post-mortem';
import { ofType } from './parts.ts';
import type { PostMortemParts } from './parts.ts';

/** What was pinned, in order of time. */
export function pinnedEvidence(parts: PostMortemParts): PostMortemEvidence[] {
  const charts = parts.debrief.pinned ?? {};
  return ofType(parts, 'EvidencePinned').map(({ atMicros, seat, pinId, kind, title, text }) => ({
    atMicros,
    kind,
    who: seat,
    title,
    text,
    chart: Object.hasOwn(charts, pinId) ? charts[pinId] : null,
  }));
}
