import type { Arrivals } from '../server-under-test.ts';
import type { Cell } from '../workloads/workload.ts';

/** For a client that only listens: nothing that arrives matters, a failure does. */
export function silent(cell: Cell): Arrivals {
  const ignore = (): void => undefined;
  return {
    acknowledged: ignore,
    upTo: ignore,
    one: ignore,
    untraceable: ignore,
    failed: (reason) => cell.fail(reason),
  };
}
