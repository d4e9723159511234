/**
 * Writes post-mortems of really played games into a folder, for tests of pages: `node write-fixture.ts
 * FOLDER`. `post-mortem.json` holds the documents by name; of each there is the HTML file, too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPostMortem } from '../build-post-mortem.ts';
import type { PostMortemParts } from '../parts.ts';
import { postMortemHtml } from '../render/html.ts';
import { takeAnswers } from '../take-answers.ts';
import { badlyPlayed, wellPlayed } from './played-games.ts';

const ANSWERS = [
  {
    role: 'Ops',
    hard: 'Three replicas looked alike; nothing said which node they run on.',
    change: 'Show the node beside each replica on the map.',
    answeredAtUnixMs: 1,
  },
];

function written(parts: PostMortemParts) {
  return { ...takeAnswers(buildPostMortem(parts), ANSWERS), gameId: 'demo' };
}

const [folder = '.'] = process.argv.slice(2);
const documents = { well: written(wellPlayed()), badly: written(badlyPlayed()) };
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'post-mortem.json'), JSON.stringify(documents));
for (const [name, document] of Object.entries(documents)) {
  const html = postMortemHtml(document, { state: 'draft', version: 0, publicUrl: null });
  writeFileSync(join(folder, `EXERCISE-post-mortem-${name}.html`), html);
}
