import { describe, expect, it } from 'vitest';
import { MISTAKES } from './simulation-mistakes.ts';
import { planFromSeed, type Plan } from './simulation-plan.ts';
import regressions from '../simulation-regressions.json' with { type: 'json' };
import { shrinkPlan } from './simulation-shrink.ts';
import { REAL_DEPS, runPlan, type SimulationCounts, type SimulationDeps } from './simulation.ts';

/** How many seeds are run, and from where; `npm run test:fuzz` runs 20,000. */
const SEEDS = Number(process.env['WEFT_SEEDS'] ?? 500);
const FIRST_SEED = Number(process.env['WEFT_FIRST_SEED'] ?? 1);
const BLOCK = Math.ceil(SEEDS / 10);
/** Seeds among which every mistake must show. */
const SEEDS_FOR_MISTAKES = 500;

/** `mistake` is the one that the plan shows, if it is kept for that. */
interface Kept {
  readonly name: string;
  readonly mistake?: string;
  readonly plan: Plan;
}
const kept = regressions as Kept[];
const mistaken = kept.flatMap(({ mistake, plan }) => (mistake === undefined ? [] : [{ mistake, plan }]));

/** What goes wrong in a plan, if anything does. */
function problemOf(plan: Plan, deps: SimulationDeps = REAL_DEPS): string | undefined {
  try {
    runPlan(plan, deps);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function runSeed(seed: number): SimulationCounts {
  const plan = planFromSeed(seed);
  try {
    return runPlan(plan);
  } catch (error) {
    const smallest = shrinkPlan(plan, (candidate) => problemOf(candidate) !== undefined);
    throw new Error(
      `Seed ${seed}: ${String(error)}\nThe smallest plan that fails (${problemOf(smallest)}), for ` +
        `simulation-regressions.json:\n${JSON.stringify(smallest)}`,
    );
  }
}

describe('replicas and authority over a network that breaks', () => {
  const counts: SimulationCounts[] = [];
  const blocks = Array.from({ length: Math.ceil(SEEDS / BLOCK) }, (_, index) => {
    const from = FIRST_SEED + index * BLOCK;
    return { from, to: Math.min(from + BLOCK, FIRST_SEED + SEEDS) - 1 };
  });

  it.each(blocks)('end with one text, everything typed in it once: seeds $from to $to', ({ from, to }) => {
    for (let seed = from; seed <= to; seed += 1) counts.push(runSeed(seed));
  });

  it.runIf(SEEDS >= 500)('went through everything that can happen', () => {
    const sum = (name: keyof SimulationCounts): number => counts.reduce((total, each) => total + each[name], 0);
    expect(counts).toHaveLength(SEEDS);
    expect(sum('typed')).toBeGreaterThan(100 * SEEDS);
    expect(sum('commits')).toBeGreaterThan(30 * SEEDS);
    for (const name of ['resends', 'duplicates', 'takeovers', 'restarts', 'snapshots', 'forks', 'resets'] as const) {
      expect(sum(name), name).toBeGreaterThan(SEEDS / 10);
    }
    expect(sum('holes'), 'holes').toBeGreaterThan(SEEDS / 100);
    for (const name of ['adoptions', 'emptied'] as const) expect(sum(name), name).toBeGreaterThan(0);
  });

  it('do the same again with the same seed', () => {
    for (const seed of [1, 2, 3]) {
      expect(planFromSeed(seed)).toEqual(planFromSeed(seed));
      expect(runPlan(planFromSeed(seed))).toEqual(runPlan(planFromSeed(seed)));
    }
    expect(planFromSeed(1)).not.toEqual(planFromSeed(2));
  });
});

describe('the simulation finds', () => {
  it.each(Object.keys(MISTAKES))('%s', (mistake) => {
    const deps = MISTAKES[mistake]!;
    for (let seed = 1; seed <= SEEDS_FOR_MISTAKES; seed += 1) {
      if (problemOf(planFromSeed(seed), deps) !== undefined) return;
    }
    expect.unreachable(`Nothing was found in seeds 1 to ${SEEDS_FOR_MISTAKES}`);
  });

  it('the smallest plan that still fails', () => {
    const mistake = MISTAKES['the server forgets what it has committed for a client']!;
    const fails = (plan: Plan): boolean => problemOf(plan, mistake) !== undefined;
    let seed = 1;
    while (!fails(planFromSeed(seed))) seed += 1;
    const smallest = shrinkPlan(planFromSeed(seed), fails);
    expect(fails(smallest)).toBe(true);
    expect(smallest.clients).toBe(1);
    expect(smallest.steps.length).toBeLessThanOrEqual(12);
  });
});

describe('plans that once failed, or show a mistake with few steps', () => {
  it.each(kept)('$name', ({ plan }) => {
    expect(problemOf(plan)).toBeUndefined();
  });

  it.each(mistaken)('still show that $mistake', ({ mistake, plan }) => {
    expect(MISTAKES[mistake]).toBeDefined();
    expect(problemOf(plan, MISTAKES[mistake])).toBeDefined();
  });

  it('are there for every mistake', () => {
    expect(new Set(mistaken.map(({ mistake }) => mistake))).toEqual(new Set(Object.keys(MISTAKES)));
  });
});
