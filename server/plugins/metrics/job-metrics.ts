import { Counter, Gauge, type Registry } from 'prom-client';
import type { AppDeps } from '../app-deps.ts';
import type { JobRecord } from '../../base/background-jobs.ts';

/** Numbers of what the process does by itself, read from its records when somebody asks. */
export function jobMetrics(registry: Registry, { records }: AppDeps['jobs']): void {
  const labels = { labelNames: ['job'], registers: [registry] };
  const counter = (name: string, help: string, read: (record: JobRecord) => number): void => {
    new Counter({
      ...{ name, help, ...labels },
      collect: function () {
        this.reset();
        for (const [job, record] of records) this.inc({ job }, read(record));
      },
    });
  };
  counter('weft_job_runs_total', 'Runs of background jobs', ({ runs }) => runs);
  counter('weft_job_failures_total', 'Runs of background jobs that failed', ({ failures }) => failures);
  new Gauge({
    name: 'weft_job_last_success_timestamp_seconds',
    help: 'When a background job last succeeded, in seconds since 1970; 0 where it never did',
    ...labels,
    collect: function () {
      for (const [job, { lastSuccess = 0 }] of records) this.set({ job }, lastSuccess / 1000);
    },
  });
}
