/** Takes a typed line apart where a shell runs one command after another. */

/** A command of a line, as it was typed. */
export type ShellPart = {
  /** Its text. */
  text: string;
  /** Whether its output went on into a pipe or a file, and not onto the screen. */
  goesOn: boolean;
};

/** Between commands: `|`, `||`, `&&`, `;`, `&`; before a file: `>`, `>>`. Neither when quoted or escaped. */
const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"|\\./;
const SIGNS = /\d?>&\d|\|\||&&|\d?>>?|[|;&]/;
const PIECE = new RegExp(`${QUOTED.source}|${SIGNS.source}|[^'"\\\\|&;>\\s]+|\\s+|.`, 'gs');
const SIGN = /^(?:\|\||&&|\d?>>?|[|;&])$/;

/** The commands that a line begins or runs next; what stands behind a pipe only filters, and is left out. */
export function shellParts(line: string): ShellPart[] {
  const parts: ShellPart[] = [];
  let text = '';
  let filters = false;
  const end = (goesOn: boolean) => {
    if (!filters && text.trim() !== '') parts.push({ text: text.trim(), goesOn });
    filters = goesOn;
    text = '';
  };
  for (const [piece] of line.matchAll(PIECE)) {
    if (/^\d>&\d$/.test(piece)) continue;
    if (SIGN.test(piece)) end(piece === '|' || piece.includes('>'));
    else text += piece;
  }
  end(false);
  return parts;
}
