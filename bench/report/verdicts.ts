import { GOALS, type Find, type Goal } from '../goals.ts';
import type { Result } from './results.ts';

/** A goal beside what was measured, as people read it. */
export interface Verdict {
  readonly workload: string;
  readonly meaning: string;
  /** As `at least 0.60×`. */
  readonly goal: string;
  /** A dash where it was not. */
  readonly measured: string;
  /** Undefined where it was not measured. */
  readonly isMet: boolean | undefined;
}

/** Judges the goals of all work that was measured. */
export function verdictsOn(results: readonly Result[]): Verdict[] {
  const find: Find = (workload, server, metric) => {
    return results.find((each) => each.workload === workload && each.server === server)?.medians[metric] ?? NaN;
  };
  const measured = new Set(results.map(({ workload }) => workload));
  return Object.entries(GOALS)
    .filter(([workload]) => measured.has(workload))
    .flatMap(([workload, goals]) => goals.map((goal) => judge(workload, goal, find)));
}

function judge(workload: string, { kind, limit, unit, meaning, measured }: Goal, find: Find): Verdict {
  const value = measured(find, workload);
  const write = (figure: number, digits = unit.digits): string => {
    return `${figure.toLocaleString('en', { maximumFractionDigits: digits })}${unit.name}`;
  };
  const isMeasured = Number.isFinite(value);
  return {
    workload,
    meaning,
    goal: `${kind} ${write(limit, 2)}`,
    measured: isMeasured ? write(value) : '–',
    isMet: isMeasured ? (kind === 'at least' ? value >= limit : value <= limit) : undefined,
  };
}
