import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished, TestRunner } from 'vitest';

/** Folders made outside of tests. */
const folders: string[] = [];
// Registered while a test file imports this: after its own `afterAll`, which may stop what still uses them.
afterAll(() => folders.splice(0).forEach(remove));

/** A fresh folder. It is removed when the running test has finished; when none runs, after all tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'weft-test-'));
  if (TestRunner.getCurrentTest() === undefined) folders.push(folder);
  else onTestFinished(() => remove(folder));
  return folder;
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
