import { METRICS, show } from './metrics.ts';
import { describe, type Results } from './results.ts';
import { verdictsOn } from './verdicts.ts';

/** Prints every figure, one line per workload and server, and then every goal. */
export function printTable({ results, circumstances, algebra }: Results): void {
  console.log(`\n${describe(circumstances)}\n`);
  for (const { workload, server, medians, failures } of results) {
    const figures = Object.entries(medians).map(
      ([name, value]) => `${METRICS[name]?.label ?? name} ${show(name, value)}`,
    );
    console.log(`${workload.padEnd(14)} ${server.padEnd(14)} ${figures.join(' · ')}`);
    for (const failure of failures) console.log(`  VOID: ${failure}`);
  }
  if (algebra !== undefined) console.log(`\n${algebra}`);
  const verdicts = verdictsOn(results);
  if (verdicts.length === 0) return;
  console.log('');
  for (const { workload, meaning, goal, measured, isMet } of verdicts) {
    const verdict = isMet === undefined ? 'not measured' : isMet ? 'met' : 'MISSED';
    console.log(`${workload.padEnd(14)} ${meaning.padEnd(46)} ${goal.padEnd(18)} ${measured.padStart(12)}  ${verdict}`);
  }
}
