import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const NOT_TESTS = ['**/node_modules/**', 'dist/**', 'e2e/**'];
/** Tests of state with runes, which Svelte compiles. */
const SVELTE = 'web/**/*.svelte.test.ts';

export default defineConfig({
  test: {
    // Two cores are the machine everything must pass on.
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['{shared,server,web,bench,docs,scripts,testing}/**/*.test.ts'],
          exclude: [...NOT_TESTS, SVELTE],
        },
      },
      {
        extends: true,
        // As in a browser, where state that changes has effects; without a page.
        plugins: [svelte({ dynamicCompileOptions: () => ({ generate: 'client' }) })],
        resolve: { conditions: ['browser'] },
        ssr: { resolve: { conditions: ['browser'] } },
        test: { name: 'svelte', include: [SVELTE], exclude: NOT_TESTS },
      },
    ],
    environment: 'node',
    // Integration tests start the real server; a cold build of it is part of the first one. Only what hangs waits as long: a
    // machine with ten times the work of its cores needs a minute for some of them.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    retry: 0,
  },
});
