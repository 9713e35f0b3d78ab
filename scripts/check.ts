import { fileURLToPath } from 'node:url';
import { runTool, type Outcome } from './run.ts';

interface Check {
  readonly name: string;
  /** The program, below node_modules. */
  readonly tool: string;
  readonly options: readonly string[];
}

/**
 * Folders that are linted by programs of their own. One for all takes twice as long (210 s in place of 76 s, measured on 30 November
 * 2026), because it holds the types of all of them.
 */
const LINTED_APART = [['server', 'shared', 'bench', 'testing'], ['web'], ['e2e']];
const lint = (what: string, targets: readonly string[]): Check => ({
  name: `lint of ${what}`,
  tool: 'eslint/bin/eslint.js',
  options: [...targets, '--max-warnings', '0'],
});

/** What `npm run check` looks at; longest first, because two run at a time. */
const CHECKS: readonly Check[] = [
  ...LINTED_APART.map((folders) => lint(folders.join(', '), folders)),
  lint('the rest', ['.', ...LINTED_APART.flat().flatMap((folder) => ['--ignore-pattern', `${folder}/`])]),
  {
    name: 'svelte',
    tool: 'svelte-check/bin/svelte-check',
    options: ['--tsconfig', 'web/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  },
  { name: 'types', tool: 'typescript/bin/tsc', options: ['-p', 'tsconfig.json'] },
  { name: 'types of the exports', tool: 'typescript/bin/tsc', options: ['-p', 'tsconfig.sdk.json', '--noEmit'] },
  { name: 'types of the browser tests', tool: 'typescript/bin/tsc', options: ['-p', 'e2e'] },
  { name: 'types of the benchmark pages', tool: 'typescript/bin/tsc', options: ['-p', 'bench/browser/page'] },
  { name: 'formatting', tool: 'prettier/bin/prettier.cjs', options: ['--check', '--log-level', 'warn', '.'] },
  {
    name: 'import rules',
    tool: 'dependency-cruiser/bin/dependency-cruise.mjs',
    options: [
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
      ...['shared', 'sdk', 'server', 'web', 'kit', 'e2e', 'testing', 'scripts', 'bench'],
    ],
  },
  {
    name: 'folder rings',
    tool: 'dependency-cruiser/bin/dependency-cruise.mjs',
    options: [
      ...['--config', '.dependency-cruiser-folders.cjs', '--output-type', 'err-long'],
      ...['shared', 'sdk', 'server', 'web', 'kit'],
    ],
  },
];

const AT_ONCE = 2;

/** Runs all checks, prints one line each and what the failing ones said, and tells how many passed and failed. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const waiting = [...CHECKS];
  let passed = 0;
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const outcome: Outcome = await runTool(check.tool, check.options);
      const isGood = outcome.code === 0;
      if (isGood) passed += 1;
      else failed += 1;
      console.log(`${isGood ? '✓' : '✗'} ${check.name} (${outcome.seconds.toFixed(1)} s)`);
      if (!isGood) console.log(outcome.output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { passed, failed };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
