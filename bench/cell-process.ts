/**
 * One measurement, a process of its own that the runner starts on the core of the load: `cell-process.ts {task}`. Hands its
 * figures back over the channel to the runner.
 */
import { loadAdapter } from './servers/adapters.ts';
import type { RunningServer } from './server-under-test.ts';
import type { Cell, Metrics } from './workloads/workload.ts';
import { workloadNamed } from './workloads/workloads.ts';

/** What the runner asks for. */
export interface Task {
  readonly workload: string;
  readonly server: string;
  readonly isQuick: boolean;
  /** Stands in front of the server's command line. */
  readonly prefix: readonly string[];
  /** Where the server under test leaves CPU profiles. */
  readonly profileFolder?: string | undefined;
}

/** What the runner hears. */
export type Report =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'done'; readonly metrics: Metrics }
  | { readonly kind: 'failed'; readonly reason: string };

const task = JSON.parse(process.argv[2] ?? '') as Task;
// Asked to end, it takes its server along; that is bound to this event.
process.on('SIGTERM', () => process.exit(1));

let server: RunningServer | undefined;
let fail: (reason: string) => void = () => undefined;
const failure = new Promise<never>((_, reject) => {
  fail = (reason) => reject(new Error(reason));
});
// It is looked at where something waits; a failure that nobody waits for yet is not lost.
failure.catch(() => undefined);

try {
  await tell({ kind: 'done', metrics: await run() });
} catch (error) {
  await tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
} finally {
  await server?.dispose();
  process.exit();
}

async function run(): Promise<Metrics> {
  const adapter = await loadAdapter(task.server);
  const cell: Cell = {
    adapter,
    isQuick: task.isQuick,
    start: async (options) => {
      const { prefix, profileFolder } = task;
      return (server = await adapter.start({ prefix, profileFolder, ...options }));
    },
    report: (text) => void tell({ kind: 'progress', text }),
    fail,
    settle: (promise) => Promise.race([promise, failure]),
  };
  return cell.settle(workloadNamed(task.workload).run(cell));
}

/** Resolves once the runner's end of the channel has it. */
function tell(report: Report): Promise<void> {
  return new Promise((resolve) => process.send?.(report, () => resolve()));
}
