/**
 * How long a file, a function and a line may be, so that each can be read at one sitting.
 *
 * Why   A limit that a test holds is kept; one that a reviewer holds is argued about. A content table
 *       (a list that one reads in, not through) says so in its first line and may be long.
 */
import ts from 'typescript';
import { isTest, lineOf, walkTree } from './source-files.ts';
import type { Source } from './source-files.ts';
import type { Violation } from './violation.ts';

/** The rule names that this check can report. */
export const SIZE_RULES = ['file-length', 'function-length', 'line-length', 'todo-issue'];

const FILE_LINES_MAX = 400;
const COMPONENT_LINES_MAX = 250;
const FUNCTION_LINES_MAX = 70;
const LINE_CHARACTERS_MAX = 110;
const OPEN_WORDS = ['TODO', 'FIXME', 'XXX'].join('|');
const OPEN_END = new RegExp(`(?://|/[*]|<!--|^\\s*[*]).*?\\b(${OPEN_WORDS})\\b(?!\\s*\\(?#\\d)`);
const CONTENT_TABLE = /^(\/\/|<!--) size: content table/;

/** What is too long in one file, and its open ends without an issue. */
export function checkSizes(source: Source): Violation[] {
  return [...longFile(source), ...longFunctions(source), ...lineProblems(source)];
}

function longFile({ path, text }: Source): Violation[] {
  const max = path.endsWith('.svelte') ? COMPONENT_LINES_MAX : FILE_LINES_MAX;
  const lines = text.trimEnd().split('\n').length;
  if (lines <= max || CONTENT_TABLE.test(text)) return [];
  const message = `${lines} lines, at most ${max}: move one concept out, or mark it "// size: content table"`;
  return [{ path, line: 1, rule: 'file-length', message }];
}

function longFunctions(source: Source): Violation[] {
  const found: Violation[] = [];
  walkTree(source.tree, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || isSuite(source, node)) return;
    const line = lineOf(source, node);
    const lines = source.tree.getLineAndCharacterOfPosition(node.end).line + 2 - line;
    if (lines <= FUNCTION_LINES_MAX) return;
    const message = `${lines} lines, at most ${FUNCTION_LINES_MAX}: name its steps as functions of their own`;
    found.push({ path: source.path, line, rule: 'function-length', message });
  });
  return found;
}

/** The callback of `describe(…)` in a test only groups functions. */
function isSuite(source: Source, node: ts.Node): boolean {
  if (!isTest(source.path) || !ts.isCallExpression(node.parent)) return false;
  return node.parent.expression.getText(source.tree).startsWith('describe');
}

function lineProblems({ path, text }: Source): Violation[] {
  return text.split('\n').flatMap((content, index) => {
    const found: Violation[] = [];
    const line = index + 1;
    if (content.length > LINE_CHARACTERS_MAX && !/https?:\/\/\S{40}/.test(content)) {
      const message = `${content.length} characters, at most ${LINE_CHARACTERS_MAX}: break it`;
      found.push({ path, line, rule: 'line-length', message });
    }
    const open = OPEN_END.exec(content);
    if (open) {
      const message = `write the issue, ${open[1]} #12, or do it now`;
      found.push({ path, line, rule: 'todo-issue', message });
    }
    return found;
  });
}
