import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/** Rules that need no type information, so that linting takes seconds; tsc does the rest. */
export default defineConfig(
  { ignores: ['**/node_modules/', '**/dist/', '**/coverage/', 'scenarios/golden/', 'migrations/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['client/**/*.svelte', 'client/**/*.svelte.ts'],
    extends: [svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Routes are addresses behind a '#', not SvelteKit's.
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/prefer-const': 'off',
      // Only svelte-check knows the compiler's warnings here.
      'svelte/no-unused-svelte-ignore': 'off',
      // Thousands of points are told by a version number, not by a proxy each.
      'svelte/prefer-svelte-reactivity': 'off',
      eqeqeq: 'error',
    },
  },
);
