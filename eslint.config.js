import { defineConfig } from 'eslint/config';
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
);
