import { expect, test } from 'vitest';
import { tallyPlaywright, tallyVitest } from './tally.ts';

const passed = { status: 'passed', fullName: 'a' };

test('Vitest: passed, failed and skipped tests are counted apart', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        status: 'failed',
        assertionResults: [passed, { status: 'failed', fullName: 'b' }, { status: 'pending', fullName: 'c' }],
      },
    ],
  };
  expect(tallyVitest(report, 1)).toEqual({ passed: 1, failed: 1, skipped: ['c'] });
});

test('Vitest: a file that cannot be loaded is a failure', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 0,
    testResults: [
      { status: 'passed', assertionResults: [passed] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(tallyVitest(report, 1)).toEqual({ passed: 1, failed: 1, skipped: [] });
});

test('a run that ends badly without a failed test, or without a report, is one failure', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 0,
    testResults: [{ status: 'passed', assertionResults: [passed] }],
  };
  expect(tallyVitest(report, 1).failed).toBe(1);
  expect(tallyVitest(report, 0).failed).toBe(0);
  expect(tallyVitest(undefined, 0).failed).toBe(1);
  expect(tallyPlaywright(undefined, 0).failed).toBe(1);
  expect(tallyPlaywright({ stats: { expected: 2, unexpected: 0, flaky: 0 }, suites: [] }, 1).failed).toBe(1);
});

test('Playwright: a flaky test has failed, and a skipped one is named, with the reason', () => {
  const annotations = [{ type: 'skip', description: 'not possible in firefox' }];
  const spec = { title: 'works', tests: [{ status: 'expected' }, { status: 'skipped', annotations }] };
  const report = {
    stats: { expected: 3, unexpected: 1, flaky: 1 },
    suites: [{ title: 'a.spec.ts', suites: [{ title: 'inner', specs: [spec] }] }],
  };
  expect(tallyPlaywright(report, 1)).toEqual({
    passed: 3,
    failed: 2,
    skipped: ['inner › works: not possible in firefox'],
  });
});
