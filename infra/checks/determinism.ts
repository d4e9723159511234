/**
 * What the engine may not use, because two machines, two browsers or two runs could differ in it.
 *
 * Why   An incident is a pure function of its inputs: replay, what-if and recovery all rest on that.
 *       A single call of Math.log or localeCompare breaks them in a way that only a hash, weeks
 *       later, shows. Each message names what to use instead.
 */
import ts from 'typescript';
import { isTest, lineOf, walkTree } from './source-files.ts';
import type { Source } from './source-files.ts';
import type { Violation } from './violation.ts';

/** The rule names that this check can report. */
export const DETERMINISM_RULES = ['determinism', 'plain-data'];

/** Exact in IEEE 754 or on integers, so equal everywhere. */
const EXACT_MATH = new Set('sqrt floor ceil round trunc min max abs imul fround clz32 sign'.split(' '));

const TIME = 'take atMicros from the incident; the engine owns no clock';
const LATER = 'schedule an event (engine/kernel/event-queue); the engine is synchronous';
const CHANCE = 'draw with engine/kernel/chance';
const LOCALE = 'format by hand; locales differ between machines';
const OUTSIDE = 'take what you need as an argument; the engine has no surroundings';

/** Global names and what replaces them. */
const BANNED_GLOBALS = new Map([
  ['Date', TIME],
  ['performance', TIME],
  ['Temporal', TIME],
  ['Intl', LOCALE],
  ['Promise', LATER],
  ['setTimeout', LATER],
  ['setInterval', LATER],
  ['setImmediate', LATER],
  ['queueMicrotask', LATER],
  ['requestAnimationFrame', LATER],
  ['crypto', CHANCE],
  ['process', OUTSIDE],
  ['globalThis', OUTSIDE],
  ['window', OUTSIDE],
  ['eval', OUTSIDE],
  ['WeakRef', 'keep an id and look it up; garbage collection has no fixed moment'],
  ['FinalizationRegistry', 'free it by hand; garbage collection has no fixed moment'],
]);

/** What the non-test sources of the engine may not use. */
export function checkDeterminism(source: Source): Violation[] {
  if (!source.path.startsWith('engine/') || isTest(source.path)) return [];
  const found: Violation[] = [];
  walkTree(source.tree, (node) => {
    for (const [rule, message] of [
      ...problemsOfReference(node),
      ...problemsOfSyntax(node),
      ...problemsOfShape(node),
    ]) {
      found.push({ path: source.path, line: lineOf(source, node), rule, message });
    }
  });
  return found;
}

type Problem = [rule: string, message: string];

/** Names of globals, members of Math, methods that ask the locale or the default order. */
function problemsOfReference(node: ts.Node): Problem[] {
  if (ts.isIdentifier(node) && isReference(node) && !isDeclaredHere(node)) {
    const instead = BANNED_GLOBALS.get(node.text);
    if (instead) return [['determinism', `no ${node.text}: ${instead}`]];
    if (node.text === 'Math') return problemsOfMath(node);
  }
  if (!ts.isPropertyAccessExpression(node)) return [];
  const name = node.name.text;
  if (name.startsWith('toLocale')) return [['determinism', `no ${name}: ${LOCALE}`]];
  if (name === 'localeCompare') return [['determinism', 'no localeCompare: compare with < and >']];
  if ((name === 'sort' || name === 'toSorted') && ts.isCallExpression(node.parent)) {
    const call = node.parent;
    if (call.expression === node && call.arguments.length === 0) {
      return [['determinism', `${name}() needs a comparator that ends in an id: the default compares texts`]];
    }
  }
  return [];
}

/** Math may appear only as `Math.<exact member>`. */
function problemsOfMath(node: ts.Identifier): Problem[] {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    const name = parent.name.text;
    if (EXACT_MATH.has(name)) return [];
    if (name === 'random') return [['determinism', `no Math.random: ${CHANCE}`]];
    return [['determinism', `no Math.${name}: use engine/kernel/math, which is equal everywhere`]];
  }
  return [['determinism', 'name the member (Math.sqrt), so that it can be checked']];
}

/** Operators and statements. */
function problemsOfSyntax(node: ts.Node): Problem[] {
  if (
    node.kind === ts.SyntaxKind.AsteriskAsteriskToken ||
    node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken
  ) {
    return [['determinism', 'no **: multiply, or use engine/kernel/math']];
  }
  if (ts.isForInStatement(node))
    return [['determinism', 'no for…in: use for…of over an array, a Map or Object.keys']];
  if (ts.isAwaitExpression(node)) return [['determinism', `no await: ${LATER}`]];
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return [['determinism', `no async: ${LATER}`]];
  if (ts.isForOfStatement(node) && node.awaitModifier) return [['determinism', `no for await: ${LATER}`]];
  return [];
}

/** Shapes of code that the engine does without: it is data and functions. */
function problemsOfShape(node: ts.Node): Problem[] {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return [['plain-data', 'no any: write the type, or unknown']];
  if (ts.isEnumDeclaration(node)) return [['plain-data', "no enum: use a union ('page' | 'ticket')"]];
  if (ts.isClassLike(node) && !isError(node)) {
    return [
      [
        'plain-data',
        'no class but errors: use a type and functions, so that it can be hashed and snapshotted',
      ],
    ];
  }
  const isDefault = ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword;
  const exportedAs = ts.isExportSpecifier(node) && node.name.text === 'default';
  if ((isDefault && !ts.isDefaultClause(node.parent)) || exportedAs) {
    return [['plain-data', 'no default export: export it by its name']];
  }
  if (ts.isVariableStatement(node) && ts.isSourceFile(node.parent)) {
    const declared = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;
    const constant = (node.declarationList.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
    if (!constant && !declared) {
      return [
        [
          'plain-data',
          'no variable outside functions: incidents share a worker, so state lives in the incident',
        ],
      ];
    }
  }
  return [];
}

function isError(node: ts.ClassLikeDeclaration): boolean {
  const parent = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  return (
    parent !== undefined && ts.isIdentifier(parent.expression) && parent.expression.text.endsWith('Error')
  );
}

/** Whether a scope around a name declares it, so that it is no global: a `process` of the cluster, say. */
function isDeclaredHere(node: ts.Identifier): boolean {
  for (let scope: ts.Node = node.parent; scope !== undefined; scope = scope.parent) {
    if (namesDeclaredIn(scope).has(node.text)) return true;
  }
  return false;
}

const declaredNames = new WeakMap<ts.Node, Set<string>>();

/** What a function, block or file declares itself, not in the scopes inside it. */
function namesDeclaredIn(scope: ts.Node): Set<string> {
  let names = declaredNames.get(scope);
  if (names) return names;
  names = new Set();
  declaredNames.set(scope, names);
  if (!isScope(scope)) return names;
  const collect = (node: ts.Node): void => {
    if (isNamedDeclaration(node) && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
    if (!isScope(node)) ts.forEachChild(node, collect);
  };
  ts.forEachChild(scope, collect);
  return names;
}

function isScope(node: ts.Node): boolean {
  return (
    ts.isFunctionLike(node) ||
    ts.isBlock(node) ||
    ts.isSourceFile(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isIterationStatement(node, false)
  );
}

function isNamedDeclaration(node: ts.Node): node is ts.NamedDeclaration {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isImportSpecifier(node)
  );
}

/** Whether an identifier stands for a value or type in scope, not for a member or label of something. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node && parent.initializer === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isLiteralTypeNode(parent))
    return false;
  const named =
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isNamedTupleMember(parent) ||
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent);
  return !(named && parent.name === node);
}
