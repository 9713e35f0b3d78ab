import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { ownEnvironment } from '../kit/own-environment.ts';
import { BROWSER_ADVICE, findBrowser } from '../scripts/browser.ts';
import { root } from '../scripts/build.mjs';
import { pack } from '../scripts/pack.ts';
import { install } from './packed.ts';
import { temporaryFolder } from './temporary-folder.ts';

const EXAMPLES = path.join(root, 'docs/examples/testing');

/** A test as a stranger would begin. */
const FIRST_TEST = `import { expect, test } from 'weftdoc/testing';

test('two people', async ({ join, weft }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.type('Hello');
  await expect([mina, joon]).toConverge({ text: 'Hello' });
  expect(mina.documentUrl).toContain(weft.url);
  await expect([mina, joon]).toSeeEachOther();
});
`;

interface Attachment {
  readonly name: string;
  readonly body?: string;
}

interface Run {
  readonly status: number | null;
  readonly output: string;
  /** What was attached to the only test of the run, by name. */
  readonly attached: ReadonlyMap<string, string>;
  /** Why it failed. */
  readonly error: string;
}

const folder = temporaryFolder();
const place = path.join(folder, 'project');
const chromium = findBrowser();
let unfetched: string | undefined;

/** A folder with the tarball and Playwright, and nothing else of ours. */
beforeAll(() => {
  mkdirSync(path.join(place, 'tests'), { recursive: true });
  unfetched = install(path.join('..', pack(folder).filename), place);
  const theirs = path.join(place, 'node_modules');
  for (const name of ['@playwright', '.bin']) mkdirSync(path.join(theirs, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules/@playwright/test'), path.join(theirs, '@playwright/test'));
  symlinkSync('../@playwright/test/cli.js', path.join(theirs, '.bin/playwright'));
  const launchOptions = { executablePath: chromium, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
  const config = { testDir: 'tests', timeout: 120_000, use: { launchOptions } };
  writeFileSync(path.join(place, 'playwright.config.mjs'), `export default ${JSON.stringify(config)};\n`);
}, 400_000);

beforeEach(({ skip }) => {
  skip(unfetched !== undefined, unfetched);
  skip(chromium === undefined, BROWSER_ADVICE);
});

/** Runs one test file as `npx playwright test` does. */
function run(name: string, settings: Readonly<Record<string, string>> = {}): Run {
  const report = path.join(place, 'report.json');
  const words = ['--no-install', 'playwright', 'test', name, '--reporter=line,json'];
  const env = { ...ownEnvironment(), PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...settings };
  const { status, stdout, stderr } = spawnSync('npx', words, { cwd: place, encoding: 'utf8', env });
  const { suites } = JSON.parse(readFileSync(report, 'utf8'));
  const [result] = suites[0].specs[0].tests[0].results;
  const decode = ({ name: title, body = '' }: Attachment): [string, string] => [
    title,
    Buffer.from(body, 'base64').toString('utf8'),
  ];
  const attached = new Map((result.attachments as Attachment[]).map(decode));
  return { status, output: stdout + stderr, attached, error: String(result.error?.message ?? '') };
}

it('ten lines of test run in a fresh folder', () => {
  writeFileSync(path.join(place, 'tests/first.spec.ts'), FIRST_TEST);
  const { status, output } = run('first');
  expect(status, output).toBe(0);
  expect(output).toContain('1 passed');
});

it('a failing test has attached who had what, the change log, what the server wrote, and the seed', () => {
  const failing = FIRST_TEST.replace(
    '  expect(mina.documentUrl)',
    "  await expect([mina, joon]).toConverge({ text: 'Bye', timeout: 3000 });\n  expect(mina.documentUrl)",
  );
  writeFileSync(path.join(place, 'tests/failing.spec.ts'), failing);
  const { status, output, attached, error } = run('failing', { WEFT_SEED: '7' });
  expect(status).toBe(1);
  expect(error).toContain('what the server has is "Hello" and should be "Bye"');
  expect([...attached.keys()]).toEqual(expect.arrayContaining(['Mina', 'Joon', 'change log', 'server output', 'seed']));
  for (const name of ['Mina', 'Joon']) expect(attached.get(name)).toMatch(/^text {6}"Hello"$/m);
  const { changes } = JSON.parse(attached.get('change log')!) as { changes: { operations: { text: string }[] }[] };
  expect(changes.flatMap(({ operations }) => operations.map(({ text }) => text)).join('')).toBe('Hello');
  expect(attached.get('server output')).toContain('is ready at');
  expect(attached.get('seed')).toBe('7');
  expect(output).toContain('The seed of “two people” was 7; replay it with WEFT_SEED=7');
});

it('the failing run of docs/testing.md is replayed from the seed that it printed: the same text, change by change', () => {
  copyFileSync(path.join(EXAMPLES, 'replay.ts'), path.join(place, 'tests/replay.spec.ts'));
  const first = run('replay');
  expect(first.status, first.output).toBe(1);
  const [, seed = ''] = /replay it with WEFT_SEED=(\d+)/.exec(first.output)!;
  expect(first.attached.get('seed')).toBe(seed);
  const again = run('replay', { WEFT_SEED: seed });
  expect(again.error).toBe(first.error);
  expect(operationsOf(again)).toEqual(operationsOf(first));
  const other = run('replay', { WEFT_SEED: String(Number(seed) ^ 1) });
  expect(operationsOf(other)).not.toEqual(operationsOf(first));
}, 300_000);

function operationsOf({ attached }: Run): unknown[] {
  const { changes } = JSON.parse(attached.get('change log')!) as { changes: { operations: unknown }[] };
  return changes.map(({ operations }) => operations);
}
