/** What a runner came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** What did not run: titles of tests, and why, where that is known. */
  readonly skipped: readonly string[];
}

/** As much of Vitest's JSON report as is counted. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly { readonly title: string; readonly tests: readonly PlaywrightTest[] }[];
}

interface PlaywrightTest {
  readonly status: string;
  /** Among others, why it was skipped. */
  readonly annotations?: readonly { readonly type: string; readonly description?: string }[];
}

/** As much of Playwright's JSON report as is counted. */
export interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly suites: readonly PlaywrightSuite[];
}

/** Counts a run of Vitest that ended with `code`; without a report, the run itself is the failure. */
export function tallyVitest(report: VitestReport | undefined, code: number): Tally {
  if (report === undefined) return { passed: 0, failed: 1, skipped: [] };
  const tests = report.testResults.flatMap((result) => result.assertionResults);
  // A file that cannot even be loaded has no tests in it, and is one failure.
  const broken = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  );
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
  return {
    passed: report.numPassedTests,
    failed: orOne(report.numFailedTests + broken.length, code),
    skipped: skipped.map((test) => test.fullName),
  };
}

/** Counts a run of Playwright that ended with `code`. A test that passed only when repeated has failed. */
export function tallyPlaywright(report: PlaywrightReport | undefined, code: number): Tally {
  if (report === undefined) return { passed: 0, failed: 1, skipped: [] };
  const { expected, unexpected, flaky } = report.stats;
  return {
    passed: expected,
    failed: orOne(unexpected + flaky, code),
    skipped: report.suites.flatMap((suite) => skippedIn(suite)),
  };
}

/** Errors outside any test fail a run without failing a test. */
function orOne(failed: number, code: number): number {
  return failed === 0 && code !== 0 ? 1 : failed;
}

function skippedIn(suite: PlaywrightSuite): string[] {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'skipped')
      .map((test) => {
        const reason = test.annotations?.find(({ type }) => type === 'skip')?.description;
        return `${suite.title} › ${spec.title}${reason === undefined ? '' : `: ${reason}`}`;
      }),
  );
  return [...own, ...(suite.suites ?? []).flatMap(skippedIn)];
}
