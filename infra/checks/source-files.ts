/**
 * The files that the checks read: every source file in the working tree, parsed once.
 *
 * Reads   the file system, not git, so a file is checked before it is committed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A source file and, for TypeScript and Svelte, its syntax tree. */
export type Source = { path: string; text: string; tree: ts.SourceFile };

/** The repository's root. */
export const ROOT = join(import.meta.dirname, '../..');

/** The top folders that hold our sources. */
export const TOP_FOLDERS = ['engine', 'scenarios', 'server', 'client', 'infra'];

const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'test-results', 'playwright-report']);

/** Every file below a folder, as paths from the root, in name order. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return entries.flatMap((entry) => {
    if (SKIPPED.has(entry.name) || entry.name.startsWith('.')) return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** Every file below the top folders that exist. */
export function projectFiles(): string[] {
  const present = new Set(readdirSync(ROOT));
  return TOP_FOLDERS.filter((folder) => present.has(folder)).flatMap(filesBelow);
}

/** Parses one text; a Svelte component is reduced to its scripts, with line numbers kept. */
export function parseSource(path: string, text: string): Source {
  const code = path.endsWith('.svelte') ? onlyScripts(text) : text;
  return {
    path,
    text,
    tree: ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS),
  };
}

let parsed: Source[] | undefined;

/** Every TypeScript and Svelte source of the project. */
export function projectSources(): Source[] {
  parsed ??= projectFiles()
    .filter((path) => path.endsWith('.ts') || path.endsWith('.svelte'))
    .map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8')));
  return parsed;
}

/** Line of a node, counted from 1. */
export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}

/** Whether a path is a test, which may reach further than what it tests. */
export function isTest(path: string): boolean {
  return /\.(test|spec)\.ts$/.test(path);
}

/** Calls back on a node and all below it. */
export function walkTree(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walkTree(child, visit));
}

/** Blanks everything outside `<script>` elements and keeps the line breaks. */
function onlyScripts(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  let code = '';
  let end = 0;
  for (const match of text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)) {
    const from = match.index + match[0].indexOf('>') + 1;
    code += blank(text.slice(end, from)) + match[1];
    end = from + match[1].length;
  }
  return code + blank(text.slice(end));
}
