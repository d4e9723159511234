/** The actions of a post-mortem as CSV. A cell that a spreadsheet would take for a formula is made text. */
import type { PostMortem } from '@chaotic-good/engine/protocol/post-mortem';

/** Signs with which a formula begins, also after a tab or a line break. */
const FORMULA = /^[\s]*[=+\-@|%]|^[\t\r\n]/;

function cell(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const safe = FORMULA.test(line) ? `'${line}` : line;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Writes it: one row an action, EXERCISE in each, because rows are copied one by one. */
export function actionsCsv({ title, gameId, actions }: PostMortem): string {
  const head = ['marking', 'incident', 'game', 'action', 'owner', 'due', 'asked for by'];
  const rows = actions.map(({ text, owner, due, by }) => ['EXERCISE', title, gameId, text, owner, due, by]);
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
