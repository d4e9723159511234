/** How files and folders are named, and that each source folder says what lives in it. */
import ts from 'typescript';
import type { Source } from './source-files.ts';
import type { Violation } from './violation.ts';

/** The rule names that this check can report. */
export const NAME_RULES = ['file-name', 'folder-name', 'folder-readme', 'barrel'];

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const KEBAB_FILE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const PASCAL_COMPONENT = /^([A-Z][a-z0-9]*)+\.svelte$/;
const EMPTY_NAMES = /^(utils?|helpers?|misc|stuff)(\.|$)/;

/** Folders whose every direct child folder needs a README.md. */
const README_PARENTS = [
  'engine',
  'engine/faults',
  'engine/platforms',
  'scenarios',
  'server',
  'client',
  'infra',
];

/** Names of files and folders, and folders without a README.md. */
export function checkNames(paths: readonly string[]): Violation[] {
  const folders = new Set(paths.flatMap(foldersOf));
  const present = new Set(paths);
  return [
    ...paths.flatMap(fileName),
    ...[...folders].flatMap(folderName),
    ...[...folders].flatMap((folder) => missingReadme(folder, present)),
  ];
}

/** Files that only pass on what others export; a package has one such, its index.ts. */
export function checkBarrel({ path, tree }: Source): Violation[] {
  const isPackageIndex = /^[^/]+\/index\.ts$/.test(path);
  if (isPackageIndex) return [];
  const passesOn =
    tree.statements.length > 0 &&
    tree.statements.every(
      (statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined,
    );
  if (!passesOn && !path.endsWith('/index.ts')) return [];
  const message = "import from the file that has it; only a package's own index.ts passes on";
  return [{ path, line: 1, rule: 'barrel', message }];
}

function fileName(path: string): Violation[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const violation = (message: string) => [{ path, line: 1, rule: 'file-name', message }];
  if (EMPTY_NAMES.test(name)) return violation('name it after the one concept it holds');
  if (name.endsWith('.svelte'))
    return PASCAL_COMPONENT.test(name) ? [] : violation('components are PascalCase.svelte');
  if (!name.endsWith('.ts')) return [];
  return KEBAB_FILE.test(name) ? [] : violation('files are kebab-case.ts');
}

function folderName(folder: string): Violation[] {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  const violation = (message: string) => [{ path: folder, line: 1, rule: 'folder-name', message }];
  if (EMPTY_NAMES.test(name)) return violation('name it after the one concept it holds');
  return KEBAB.test(name) ? [] : violation('folders are kebab-case');
}

function missingReadme(folder: string, present: ReadonlySet<string>): Violation[] {
  const parent = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
  const needed = parent === '' || README_PARENTS.includes(parent);
  if (!needed || present.has(`${folder}/README.md`)) return [];
  const message = 'needs a README.md of three lines: lives here, never here, start reading at';
  return [{ path: folder, line: 1, rule: 'folder-readme', message }];
}

/** The folders above a file: for a/b/c.ts, a and a/b. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
