import { format, resolveConfig } from 'prettier';
import { WORKLOADS } from '../workloads/workloads.ts';
import type { Chart } from './charts.ts';
import { METRICS, show } from './metrics.ts';
import { describe, type Result, type Results } from './results.ts';
import { verdictsOn } from './verdicts.ts';

/** The page about one run. `file` is where it will lie, for its formatting. */
export async function page(found: Results, charts: readonly Chart[], file: string): Promise<string> {
  const { circumstances, results, algebra } = found;
  const parts = [
    '# What the last run of the benchmark found',
    `${describe(circumstances)}. \`npm run bench\` writes this page; bench/README.md says what the figures mean.`,
    '## Goals',
    goalTable(results),
    ...charts.map(({ title, file: image }) => `![${title}](${image})`),
    '## Figures',
    ...WORKLOADS.flatMap(({ name, work }) => {
      const own = results.filter(({ workload }) => workload === name);
      return own.length === 0 ? [] : [`### ${name}`, `${work[0]!.toUpperCase()}${work.slice(1)}.`, figureTable(own)];
    }),
    ...(algebra === undefined ? [] : ['## The algebra', `\`\`\`text\n${algebra}\n\`\`\``]),
  ];
  return tidy(parts.join('\n\n'), file);
}

/** Goal, measured figure, met or not. */
export function goalTable(results: readonly Result[]): string {
  const rows = verdictsOn(results).map(({ workload, meaning, goal, measured, isMet }) => {
    const verdict = isMet === undefined ? 'not measured' : isMet ? 'met' : '**missed**';
    return [workload, meaning, goal, measured, verdict];
  });
  return table(['work', 'figure', 'goal', 'measured', ''], rows);
}

/** Formats Markdown as the rest of the project. */
export async function tidy(text: string, file: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

function figureTable(results: readonly Result[]): string {
  const metrics = [...new Set(results.flatMap(({ medians }) => Object.keys(medians)))];
  const rows = results.map(({ server, medians, failures }) => {
    const name = failures.length === 0 ? server : `${server} (void: ${failures.join('; ')})`;
    return [name, ...metrics.map((metric) => show(metric, medians[metric] ?? NaN))];
  });
  return table(['server', ...metrics.map((metric) => METRICS[metric]?.label ?? metric)], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
