/** The post-mortem as JSON for other programs: the document, how far it is, and links where there are any. */
import type { PostMortem } from '@chaotic-good/engine/protocol/post-mortem';
import { replayLink, shownLines } from './render-options.ts';
import type { RenderOptions } from './render-options.ts';

/** Writes it; lines that are folded away are left out. */
export function postMortemJson(document: PostMortem, options: RenderOptions): string {
  const timeline = shownLines(document).map(({ hidden: _, ...line }) => {
    const replay = replayLink(document, options, line.atMicros);
    return replay === null ? line : { ...line, replay };
  });
  const { marking, schema, ...rest } = document;
  const { state, version } = options;
  return `${JSON.stringify({ marking, schema, state, version, ...rest, timeline }, null, 2)}\n`;
}
