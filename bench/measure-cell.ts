import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Report, Task } from './cell-process.ts';
import type { Metrics } from './workloads/workload.ts';

const CELL = fileURLToPath(new URL('cell-process.ts', import.meta.url));

export interface MeasureOptions {
  /** Stands in front of the load's command line. */
  readonly loadPrefix: readonly string[];
  /** Milliseconds after which a measurement is given up. */
  readonly timeout: number;
  readonly onProgress: (text: string) => void;
}

/** Runs one measurement in a process of its own. Rejects where it failed, was void, or took too long. */
export async function measureCell(task: Task, options: MeasureOptions): Promise<Metrics> {
  const [execPath = '', ...execArgv] = [...options.loadPrefix, process.execPath, '--import', 'tsx'];
  const child = fork(CELL, [JSON.stringify(task)], {
    execPath,
    execArgv,
    env: { ...process.env, WEFT_TEST_BUILT: '1' },
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  try {
    return await new Promise<Metrics>((resolve, reject) => {
      const timer = setTimeout(() => {
        // Asked politely, it takes its server along.
        child.kill('SIGTERM');
        reject(new Error(`It took longer than ${options.timeout / 1000} s`));
      }, options.timeout);
      child.on('message', (report: Report) => {
        if (report.kind === 'progress') options.onProgress(report.text);
        else if (report.kind === 'done') resolve(report.metrics);
        else reject(new Error(report.reason));
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`The load ended with ${code ?? signal}`));
      });
    });
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => child.once('exit', resolve));
    }
    process.off('exit', killWithUs);
  }
}
