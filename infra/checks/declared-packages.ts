/** What a workspace imports stands in its own package.json, with one exact version. */
import { importsOf } from './imports.ts';
import { isTest } from './source-files.ts';
import type { Source } from './source-files.ts';
import type { Violation } from './violation.ts';

/** The rule names that this check can report. */
export const PACKAGE_RULES = ['undeclared-package', 'exact-version'];

/** The parts of a package.json that matter here. */
export type Manifest = {
  dependencies?: Readonly<Record<string, string>>;
  devDependencies?: Readonly<Record<string, string>>;
};

/** Manifests by folder; the repository's own stands under ''. */
export type Manifests = Readonly<Record<string, Manifest>>;

/** Packages that a file imports although its workspace does not declare them. */
export function checkDeclared(source: Source, manifests: Manifests): Violation[] {
  const top = source.path.split('/')[0];
  const own = manifests[top];
  const forTests = isTest(source.path) || own === undefined ? manifests['']?.devDependencies : undefined;
  const declared = { ...own?.dependencies, ...own?.devDependencies, ...forTests };
  return importsOf(source).flatMap(({ packageName, line }) => {
    if (packageName === undefined || packageName.startsWith('node:') || packageName in declared) return [];
    const where = own ? `${top}/package.json` : 'package.json';
    const message = `add ${packageName} with its exact version to ${where}`;
    return [{ path: source.path, line, rule: 'undeclared-package', message }];
  });
}

/** Versions that are ranges: an installation next year must be the one that was tested. */
export function checkVersions(path: string, { dependencies, devDependencies }: Manifest): Violation[] {
  return Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) => {
    if (/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) return [];
    const message = `${name} ${version}: write one exact version`;
    return [{ path, line: 1, rule: 'exact-version', message }];
  });
}
