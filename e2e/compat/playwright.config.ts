import { defineConfig } from '@playwright/test';
import path from 'node:path';
import config from '../../playwright.config.ts';

/** Tests of an upgrade from an older build; scripts/compat.ts makes that and runs them. */
export default defineConfig({
  ...config,
  testDir: import.meta.dirname,
  testMatch: '*.upgrade.ts',
  globalSetup: path.join(import.meta.dirname, '../fixtures/build.ts'),
  outputDir: path.join(import.meta.dirname, '../../test-results/compat'),
  projects: config.projects!.filter(({ name }) => name === 'chromium'),
});
