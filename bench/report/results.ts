import { cpus, totalmem } from 'node:os';
import { median } from '../measure/statistics.ts';
import type { Metrics } from '../workloads/workload.ts';

/** Where and when. */
export interface Circumstances {
  /** ISO 8601. */
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  /** GiB. */
  readonly memory: number;
  readonly node: string;
  readonly platform: string;
  /** Server and load each on a core of their own. */
  readonly isPinned: boolean;
  readonly rounds: number;
  readonly isQuick: boolean;
}

/** One workload on one server. */
export interface Result {
  readonly workload: string;
  readonly server: string;
  /** Of each round that was not void. */
  readonly rounds: readonly Metrics[];
  /** Why rounds were void. */
  readonly failures: readonly string[];
  /** By metric; absent metrics had no round. */
  readonly medians: Metrics;
}

/** Everything that one run found. */
export interface Results {
  readonly circumstances: Circumstances;
  readonly results: readonly Result[];
  /** What the benchmark of the algebra printed. */
  readonly algebra?: string;
}

export function circumstancesNow(run: Pick<Circumstances, 'isPinned' | 'rounds' | 'isQuick'>): Circumstances {
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    ...run,
  };
}

/** One line about where and when. */
export function describe({ date, cpu, cores, memory, node, rounds, isPinned, isQuick }: Circumstances): string {
  return [
    date.slice(0, 10),
    `${cpu}, ${cores} cores, ${memory} GiB`,
    `Node ${node}`,
    `medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
    isPinned ? 'server and load each on a core of their own' : 'server and load NOT on cores of their own',
    ...(isQuick ? ['a smoke test, WHOSE FIGURES MEAN NOTHING'] : []),
  ].join('; ');
}

/** What became of one workload on one server in one round. */
export interface Outcome {
  readonly workload: string;
  readonly server: string;
  readonly metrics?: Metrics;
  /** Why it is void, where there are no metrics. */
  readonly failure?: string;
}

/** Puts rounds together. */
export function resultsOf(outcomes: readonly Outcome[]): Result[] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = `${outcome.workload}, ${outcome.server}`;
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  return [...groups.values()].map((own) => {
    const { workload, server } = own[0]!;
    const rounds = own.map(({ metrics }) => metrics).filter((metrics) => metrics !== undefined);
    const failures = own.map(({ failure }) => failure).filter((failure) => failure !== undefined);
    return { workload, server, rounds, failures, medians: mediansOf(rounds) };
  });
}

/** The middle of each figure over the rounds. */
export function mediansOf(rounds: readonly Metrics[]): Metrics {
  const names = new Set(rounds.flatMap((metrics) => Object.keys(metrics)));
  return Object.fromEntries(
    [...names].map((name) => [name, median(rounds.map((metrics) => metrics[name] ?? NaN).filter(Number.isFinite))]),
  );
}
