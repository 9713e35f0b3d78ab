import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { BROWSER_ADVICE, missingEngine, provideBrowser } from './browser.ts';
import { runChecks } from './check.ts';
import { runTool } from './run.ts';
import { tallyPlaywright, tallyVitest, type PlaywrightReport, type Tally, type VitestReport } from './tally.ts';

/**
 * `npm test`: everything there is. Checks, then the build, then Vitest (unit, property, contract, integration), then
 * Playwright. Goes on after a failure, so that one run tells all. The last line is `N passed, N failed`.
 */
const PARTS: readonly (readonly [title: string, run: () => Promise<Tally>])[] = [
  ['Checks', async () => ({ ...(await runChecks()), skipped: [] })],
  ['Build', buildAll],
  ['Unit, property, contract and integration tests', runVitest],
  ['Browser tests', runPlaywright],
];

const reports = mkdtempSync(path.join(tmpdir(), 'weft-test-'));
const begun = performance.now();
const tallies: Tally[] = [];
for (const [title, run] of PARTS) {
  console.log(`\n── ${title} ──`);
  try {
    tallies.push(await run());
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    tallies.push({ passed: 0, failed: 1, skipped: [] });
  }
}
rmSync(reports, { recursive: true, force: true });
summarise();

async function buildAll(): Promise<Tally> {
  const unbuilt = build({ force: true });
  // Told to the tests, which would otherwise look again.
  process.env['WEFT_TEST_BUILT'] = '1';
  const size = await runTool('../scripts/bundle-size.mjs', [], { output: 'terminal' });
  tallies.push({ passed: size.code === 0 ? 1 : 0, failed: size.code === 0 ? 0 : 1, skipped: [] });
  return { passed: 2 - unbuilt.length, failed: unbuilt.length, skipped: [] };
}

async function runVitest(): Promise<Tally> {
  const file = path.join(reports, 'vitest.json');
  const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await runTool('vitest/vitest.mjs', options, { output: 'terminal' });
  return tallyVitest(readReport<VitestReport>(file), code);
}

async function runPlaywright(): Promise<Tally> {
  if (provideBrowser('chromium', console.log) === undefined) throw new Error(BROWSER_ADVICE);
  const missing = (['firefox', 'webkit'] as const).filter(
    (engine) => provideBrowser(engine, console.log) === undefined,
  );
  const file = path.join(reports, 'playwright.json');
  const { code } = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    output: 'terminal',
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  const tally = tallyPlaywright(readReport<PlaywrightReport>(file), code);
  return { ...tally, skipped: [...tally.skipped, ...missing.map(missingEngine)] };
}

function readReport<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    console.log('The runner left no report; see above.');
    return undefined;
  }
}

function summarise(): void {
  const sum = (part: 'passed' | 'failed'): number => tallies.reduce((total, tally) => total + tally[part], 0);
  const skipped = tallies.flatMap((tally) => tally.skipped);
  console.log(`\nTook ${Math.round((performance.now() - begun) / 1000)} s.`);
  if (skipped.length > 0) console.log(`Did not run here (${skipped.length}):\n  ${skipped.join('\n  ')}`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}
