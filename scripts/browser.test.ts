import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { findBrowser, missingEngine } from './browser.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  // Playwright's own browsers are looked for in a place where there are none.
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', folder);
  for (const name of ['WEFT_CHROMIUM', 'WEFT_FIREFOX', 'WEFT_WEBKIT']) vi.stubEnv(name, '');
  vi.stubEnv('PATH', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function makeProgram(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

test('WEFT_CHROMIUM comes first, and must be a program', () => {
  makeProgram('chromium');
  const mine = makeProgram('mine');
  vi.stubEnv('WEFT_CHROMIUM', mine);
  expect(findBrowser()).toBe(mine);
  vi.stubEnv('WEFT_CHROMIUM', path.join(folder, 'missing'));
  expect(() => findBrowser()).toThrow('WEFT_CHROMIUM');
});

test("the system's browser is found by its name, and a file of that name that cannot be run is none", () => {
  writeFileSync(path.join(folder, 'chromium'), '');
  expect(findBrowser()).toBeUndefined();
  const found = makeProgram('google-chrome');
  expect(findBrowser()).toBe(found);
});

test('a Chromium without windows is taken before a whole one, which takes twice as long', () => {
  expect(findBrowser()).toBeUndefined();
  const whole = makeProgram('chromium');
  expect(findBrowser()).toBe(whole);
  const shell = makeProgram('chromium-headless-shell');
  expect(findBrowser()).toBe(shell);
});

test('Firefox is found by its setting or its name; without it is said how to get it', () => {
  expect(findBrowser('firefox')).toBeUndefined();
  const found = makeProgram('firefox-esr');
  expect(findBrowser('firefox')).toBe(found);
  const mine = makeProgram('mine');
  vi.stubEnv('WEFT_FIREFOX', mine);
  expect(findBrowser('firefox')).toBe(mine);
  expect(missingEngine('firefox')).toContain('apt-get install firefox-esr');
});

test('WebKit is found where its driver, a screen to draw on and hands to compose are', () => {
  const driver = makeProgram('WebKitWebDriver');
  expect(findBrowser('webkit')).toBeUndefined();
  makeProgram('Xvfb');
  expect(findBrowser('webkit')).toBeUndefined();
  makeProgram('xdotool');
  expect(findBrowser('webkit')).toBe(driver);
});
