/** Every way in which a file can name another module, with where it leads. */
import { posix } from 'node:path';
import ts from 'typescript';
import { lineOf, walkTree } from './source-files.ts';
import type { Source } from './source-files.ts';

/** One import, re-export, `import()` or `import('…')` type. */
export type Import = {
  specifier: string;
  /** True when nothing of it is left at run time. */
  typeOnly: boolean;
  line: number;
  /** Path from the root for our own sources, undefined for packages and Node's modules. */
  target: string | undefined;
  /** Package name, or `node:fs` and the like; undefined for our own sources. */
  packageName: string | undefined;
};

const OWN_PACKAGE = /^@chaotic-good\/(engine|scenarios|server|client)(?:\/(.*))?$/;

/** The imports of one file in source order. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node, name: ts.Node | undefined, typeOnly: boolean) => {
    if (!name || !ts.isStringLiteralLike(name)) return;
    found.push({
      specifier: name.text,
      typeOnly,
      line: lineOf(source, node),
      ...destination(source.path, name.text),
    });
  };
  walkTree(source.tree, (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node)) {
      const required = ts.isIdentifier(node.expression) && node.expression.text === 'require';
      if (required || node.expression.kind === ts.SyntaxKind.ImportKeyword)
        add(node, node.arguments[0], false);
    }
  });
  return found;
}

/** Where a specifier leads, seen from a file. */
function destination(from: string, specifier: string): Pick<Import, 'target' | 'packageName'> {
  if (specifier.startsWith('.')) {
    return { target: posix.normalize(posix.join(posix.dirname(from), specifier)), packageName: undefined };
  }
  const own = OWN_PACKAGE.exec(specifier);
  if (own) return { target: own[2] ? `${own[1]}/${own[2]}` : `${own[1]}/index.ts`, packageName: undefined };
  if (specifier.startsWith('node:')) return { target: undefined, packageName: specifier };
  const parts = specifier.split('/');
  return { target: undefined, packageName: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}
