import type { Plan, Step } from './simulation-plan.ts';

/** Runs that one shrinking may take. */
const MAX_RUNS = 5000;

/** A plan that fails as well and is as small as dropping steps and clients, and taking smaller numbers, makes it. */
export function shrinkPlan(plan: Plan, fails: (plan: Plan) => boolean): Plan {
  let best = plan;
  let runs = 0;
  const attempt = (candidate: Plan): boolean => {
    runs += 1;
    if (runs > MAX_RUNS || !fails(candidate)) return false;
    best = candidate;
    return true;
  };
  for (let before = ''; before !== JSON.stringify(best) && runs < MAX_RUNS;) {
    before = JSON.stringify(best);
    dropClients(() => best, attempt);
    dropSteps(() => best, attempt);
    simplifySteps(() => best, attempt);
    attempt({ ...best, budget: { units: 1000, sites: 1000 } });
    attempt({ ...best, tailLimit: 1_000_000 });
    attempt({ ...best, tailLimit: 0 });
  }
  return best;
}

type Attempt = (candidate: Plan) => boolean;

/** Takes one client after the other out and lets the later ones move up. */
function dropClients(best: () => Plan, attempt: Attempt): void {
  for (let gone = best().clients - 1; gone >= 0; gone -= 1) {
    const { clients, steps } = best();
    const left = steps.flatMap((step) => {
      if (!('client' in step) || step.client < gone) return [step];
      return step.client === gone ? [] : [{ ...step, client: step.client - 1 }];
    });
    if (clients > 1) attempt({ ...best(), clients: clients - 1, steps: left });
  }
}

/** Drops stretches of steps, long ones first. */
function dropSteps(best: () => Plan, attempt: Attempt): void {
  for (let size = Math.ceil(best().steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < best().steps.length;) {
      const { steps } = best();
      if (!attempt({ ...best(), steps: [...steps.slice(0, from), ...steps.slice(from + size)] })) from += size;
    }
  }
}

/** Takes the smallest numbers with which each step still does its part. */
function simplifySteps(best: () => Plan, attempt: Attempt): void {
  for (let index = 0; index < best().steps.length; index += 1) {
    for (const part of ['at', 'remove', 'insert', 'count', 'index', 'appended']) {
      for (const value of [0, 1]) {
        const { steps } = best();
        const step = steps[index];
        const current = (step as unknown as Record<string, unknown>)[part];
        if (typeof current !== 'number' || current <= value) continue;
        const simpler = { ...step, [part]: value } as Step;
        if (attempt({ ...best(), steps: steps.with(index, simpler) })) break;
      }
    }
  }
}
