/** Text of people inside Markdown: one line, nothing that Markdown or HTML would act on. */

/** As text of a paragraph, a list or a table. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/^([#>+=-]|\d+(?=[.)]))/, (sign) => (/\d/.test(sign) ? `${sign}\u200b` : `\\${sign}`));
}

/** As code; inside a table its bars are escaped. */
export function codeSpan(text: string, inTable = false): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const padded = line.startsWith('`') || line.endsWith('`') ? ` ${line} ` : line;
  const inner = inTable ? padded.replaceAll('|', '\\|') : padded;
  return line === '' ? '' : `${fence}${inner}${fence}`;
}
