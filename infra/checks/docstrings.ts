/** Whatever the engine and the scenarios export says in a sentence what it is. */
import ts from 'typescript';
import { isTest, lineOf } from './source-files.ts';
import type { Source } from './source-files.ts';
import type { Violation } from './violation.ts';

/** The rule names that this check can report. */
export const DOCSTRING_RULES = ['docstring'];

/** The exported declarations of one file that have no doc comment. */
export function checkDocstrings(source: Source): Violation[] {
  if (!/^(engine|scenarios)\//.test(source.path) || isTest(source.path)) return [];
  const exportedLater = namesExportedLater(source.tree);
  const documented = new Set<string>();
  return source.tree.statements.flatMap((statement) => {
    const names = declaredNames(statement);
    if (!names || !(hasExport(statement) || names.some((name) => exportedLater.has(name)))) return [];
    // Of the overloads of a function one comment is enough; so for a type and its value of one name.
    if (names.some((name) => documented.has(name))) return [];
    for (const name of names) documented.add(name);
    if (ts.getJSDocCommentsAndTags(statement).length > 0) return [];
    const message = `say in a /** sentence */ what ${names.join(', ')} is or answers`;
    return [{ path: source.path, line: lineOf(source, statement), rule: 'docstring', message }];
  });
}

function declaredNames(statement: ts.Statement): string[] | undefined {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isClassDeclaration(statement);
  return named ? [statement.name?.text ?? 'the default export'] : undefined;
}

function hasExport(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Names in `export { a, b }` without a module. */
function namesExportedLater(tree: ts.SourceFile): Set<string> {
  const lists = tree.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) &&
    !statement.moduleSpecifier &&
    statement.exportClause &&
    ts.isNamedExports(statement.exportClause)
      ? [...statement.exportClause.elements]
      : [],
  );
  return new Set(lists.map(({ propertyName, name }) => (propertyName ?? name).text));
}
