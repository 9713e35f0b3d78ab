import { METRICS, show } from './metrics.ts';
import type { Result } from './results.ts';
import { barChart } from './svg.ts';

export interface Chart {
  readonly title: string;
  /** Its file's name. */
  readonly file: string;
  readonly svg: string;
}

interface Drawing {
  readonly file: string;
  readonly title: string;
  readonly workloads: readonly string[];
  readonly metric: string;
}

const GROWING = ['small', 'text-1m', 'text-4.9m', 'history-1m', 'documents-100', 'documents-10k'];

const DRAWINGS: readonly Drawing[] = [
  {
    file: 'hot.svg',
    title: 'Changes per second on one hot document',
    workloads: ['hot-64', 'hot-16', 'hot-2'],
    metric: 'changesPerSecond',
  },
  { file: 'cpu.svg', title: 'Server CPU per change', workloads: ['hot-64', 'many-500'], metric: 'cpuPerChange' },
  {
    file: 'latency.svg',
    title: '99 % of changes have reached the slowest within',
    workloads: ['hot-64', 'calm-64', 'many-500'],
    metric: 'p99',
  },
  {
    file: 'replay.svg',
    title: 'Keystrokes of the paper per second',
    workloads: ['replay'],
    metric: 'keystrokesPerSecond',
  },
  {
    file: 'storm.svg',
    title: 'Until 1,000 clients have caught up',
    workloads: ['storm-1000'],
    metric: 'stormMilliseconds',
  },
  { file: 'growth.svg', title: 'Server CPU per change as things grow', workloads: GROWING, metric: 'cpuPerChange' },
  {
    file: 'growth-open.svg',
    title: 'Until a document is open after a restart as things grow',
    workloads: GROWING,
    metric: 'openMilliseconds',
  },
];

/** The charts for which there are figures. */
export function chartsOf(results: readonly Result[]): Chart[] {
  return DRAWINGS.flatMap(({ file, title, workloads, metric }) => {
    const bars = workloads.flatMap((workload) =>
      results
        .filter((each) => each.workload === workload && Number.isFinite(each.medians[metric]))
        .map(({ server, medians }) => ({
          label: `${workload}, ${server}`,
          value: medians[metric]!,
          shown: show(metric, medians[metric]!),
          isOurs: server === 'weft',
        })),
    );
    if (bars.length === 0) return [];
    return [{ title: `${title} (${METRICS[metric]?.unit ?? ''})`, file, svg: barChart(title, bars) }];
  });
}
