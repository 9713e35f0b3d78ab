import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/** What the pure layers may not reach for; it is passed in, so that simulations can drive it. */
const AMBIENT = [
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'clearTimeout', 'clearInterval'],
  ...['Date', 'performance', 'crypto', 'process', 'Buffer', 'global', 'globalThis'],
  ...['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'indexedDB', 'location'],
  ...['fetch', 'WebSocket', 'console', 'require'],
];

export default tseslint.config(
  {
    // Projects of hosts and the examples import the package as it is built.
    ignores: [
      ...[
        'dist/',
        'data/',
        '**/node_modules/',
        'playwright-report/',
        'test-results/',
        'e2e/hosts/',
        'examples/',
        '**/*.json',
      ],
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        // No tsconfig.json above it has it, because it knows the types of browsers.
        projectService: { allowDefaultProject: ['sdk/testing.ts'], defaultProject: 'e2e/tsconfig.json' },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      // Indexing is checked by noUncheckedIndexedAccess; `!` says that the index was proven just before.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Interfaces that answer with promises are also met by code that needs no await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
    },
  },
  {
    files: ['shared/{text,sync,protocol}/**/*.ts'],
    ignores: ['**/*.test.ts', 'shared/sync/simulation/**'],
    rules: {
      'no-restricted-globals': ['error', ...AMBIENT.map((name) => ({ name, message: 'Pass it in.' }))],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Pass it in.' }],
    },
  },
  {
    files: ['server/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "BinaryExpression[operator=/^[-+]$/] > .left[callee.property.name='now'][callee.object.name!='performance']",
          message: 'Intervals and due times are of monotonic(): the time of now() may be set at any moment.',
        },
      ],
    },
  },
  {
    // Programs that speak to a terminal.
    files: [
      'scripts/**',
      'bench/**',
      'server/main.ts',
      'server/commands/**',
      'testing/**',
      'kit/**',
      'e2e/fixtures/**',
      'docs/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      '**/*.test.ts',
      '**/*-contract.ts',
      'e2e/**/*.ts',
      'kit/**/*.ts',
      'testing/**/*.ts',
      'server/testing/**/*.ts',
    ],
    rules: {
      // What a test reads from JSON is checked by its expectations.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.property.name='waitForTimeout']", message: 'Wait on state, do not sleep.' },
        {
          selector: 'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(only|todo)$/]',
          message: 'Every test runs.',
        },
      ],
    },
  },
  {
    // Only browsers run these; the DOM's types are known to web/tsconfig.json, which checks them, and not here.
    files: ['shared/client/{browser,outbox/indexeddb-outbox,outbox/tab-lock,transport/platform}.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    // Most state lives outside Svelte; a plain Set or Map in a state module is meant to be plain.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] } },
  },
);
