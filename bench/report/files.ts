import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/build.mjs';
import { chartsOf } from './charts.ts';
import { goalTable, page, tidy } from './markdown.ts';
import { flameGraph, type CpuProfile } from './flame.ts';
import { describe, type Results } from './results.ts';

const FOLDER = path.join(root, 'bench/results');
const DOCUMENTATION = path.join(root, 'docs/performance.md');
/** What stands between these in the documentation is replaced. */
const MARKED = /(<!-- measured -->\n)[\s\S]*?(\n<!-- end -->)/;

/** Writes what was found to bench/results/: latest.json, latest.md and the charts. */
export async function writeResults(found: Results): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const charts = chartsOf(found.results);
  const markdown = path.join(FOLDER, 'latest.md');
  writeFileSync(path.join(FOLDER, 'latest.json'), `${JSON.stringify(found, null, 2)}\n`);
  writeFileSync(markdown, await page(found, charts, markdown));
  for (const { file, svg } of charts) writeFileSync(path.join(FOLDER, file), svg);
}

/** Draws the CPU profiles of a folder, the busiest thread first, as `flame-NAME.svg`. */
export function writeFlameGraph(workload: string, profileFolder: string): void {
  const profiles = readdirSync(profileFolder).map(
    (file) => JSON.parse(readFileSync(path.join(profileFolder, file), 'utf8')) as CpuProfile,
  );
  writeFileSync(path.join(FOLDER, `flame-${workload}.svg`), flameGraph(`${workload}: where the time goes`, profiles));
}

/** Puts the table of goals into docs/performance.md. */
export async function writeDocumentation({ circumstances, results }: Results): Promise<void> {
  const text = readFileSync(DOCUMENTATION, 'utf8');
  if (!MARKED.test(text)) throw new Error('docs/performance.md has no place for the table');
  const fresh = `${describe(circumstances)}.\n\n${goalTable(results)}\n`;
  const replaced = text.replace(MARKED, (_, before: string, after: string) => `${before}\n${fresh}${after}`);
  writeFileSync(DOCUMENTATION, await tidy(replaced, DOCUMENTATION));
}
