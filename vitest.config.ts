import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,server,web,bench,docs,scripts,testing}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'e2e/**'],
    environment: 'node',
    // Integration tests start the real server; a cold build of it is part of the first one. Only what hangs waits as long: a
    // machine with ten times the work of its cores needs a minute for some of them.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Two cores are the machine everything must pass on.
    maxWorkers: 2,
    retry: 0,
    passWithNoTests: false,
  },
});
