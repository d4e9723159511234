/** Splits the script of `sh -c` into simple commands; what a shell can do beyond that is refused by name. */

/** A word; `bare` when it may stand for file names. */
export type ScriptWord = { text: string; bare: boolean };

/** One simple command. */
export type ScriptCommand = {
  /** What joins it to the one before. */
  after: ';' | '&&' | '||';
  /** Its words. */
  words: ScriptWord[];
  /** The file its output goes to, or null. */
  into: string | null;
  /** `>>` in place of `>`. */
  appends: boolean;
};

/** The commands, or what is not understood. */
export type ScriptSplit = { ok: true; commands: ScriptCommand[] } | { ok: false; error: string };

type Token = { kind: 'word'; text: string; bare: boolean } | { kind: 'operator'; text: string };

/** Splits a script. */
export function splitScript(script: string): ScriptSplit {
  if (script.length > 10_000) return { ok: false, error: 'the script is too long' };
  const tokens = readTokens(script);
  if (typeof tokens === 'string') return { ok: false, error: tokens };
  const commands: ScriptCommand[] = [];
  let current: ScriptCommand = { after: ';', words: [], into: null, appends: false };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token.kind === 'word') {
      current.words.push({ text: token.text, bare: token.bare });
      continue;
    }
    const next = tokens[at + 1];
    switch (token.text) {
      case '>':
      case '>>':
        if (next?.kind !== 'word') return { ok: false, error: 'Syntax error: end of file unexpected' };
        current.into = next.text;
        current.appends = token.text === '>>';
        at += 1;
        break;
      case '2>':
        // Errors are shown all the same: hiding them would hide what went wrong from the reader.
        at += 1;
        break;
      case '2>&1':
        break;
      case ';':
      case '&&':
      case '||':
        if (current.words.length > 0 || current.into !== null) commands.push(current);
        else if (token.text !== ';') return { ok: false, error: `Syntax error: "${token.text}" unexpected` };
        current = { after: token.text, words: [], into: null, appends: false };
        break;
      default:
        return {
          ok: false,
          error:
            `"${token.text}" is not understood inside a container; pipe outside: kubectl exec … ` +
            '-- COMMAND | grep …',
        };
    }
  }
  if (current.words.length > 0 || current.into !== null) commands.push(current);
  else if (current.after !== ';') return { ok: false, error: 'Syntax error: end of file unexpected' };
  return { ok: true, commands };
}

function readTokens(script: string): Token[] | string {
  const tokens: Token[] = [];
  let at = 0;
  while (at < script.length) {
    const rest = script.slice(at);
    const space = /^[ \t]+/.exec(rest);
    const operator = /^(2>&1|2>|&&|\|\||>>|>|;|\n|\||&|<|\(|\))/.exec(rest);
    if (space) at += space[0].length;
    else if (rest.startsWith('#')) at += /^[^\n]*/.exec(rest)?.[0].length ?? 0;
    else if (operator) {
      tokens.push({ kind: 'operator', text: operator[0] === '\n' ? ';' : operator[0] });
      at += operator[0].length;
    } else {
      const word = readWord(script, at);
      if (typeof word === 'string') return word;
      tokens.push({ kind: 'word', text: word.text, bare: word.bare });
      at = word.end;
    }
  }
  return tokens;
}

/** One word with its quotes taken off. */
function readWord(script: string, start: number): { text: string; bare: boolean; end: number } | string {
  let text = '';
  let bare = true;
  let at = start;
  while (at < script.length && !/[\s;|&<>()]/.test(script[at])) {
    const character = script[at];
    if (character === '$' && /[A-Za-z_({?]/.test(script[at + 1] ?? '')) {
      return 'variables and $(…) are not understood inside a container';
    }
    if (character === '`') return 'commands in backquotes are not understood inside a container';
    if (character === '\\') {
      text += script[at + 1] ?? '';
      bare = false;
      at += 2;
    } else if (character === "'" || character === '"') {
      const end = script.indexOf(character, at + 1);
      if (end < 0) return 'Syntax error: Unterminated quoted string';
      const inner = script.slice(at + 1, end);
      if (character === '"' && /[$`]/.test(inner))
        return 'variables and $(…) are not understood inside a container';
      text += inner;
      bare = false;
      at = end + 1;
    } else {
      text += character;
      at += 1;
    }
  }
  return { text, bare, end: at };
}
