import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import type { App, AppDeps } from '../app-deps.ts';
import type { JobRecord } from '../../base/background-jobs.ts';
import { countIn } from '../../rooms/services/room-counters.ts';
import type { WaitingBytes } from '../../limits/waiting-bytes.ts';
import { liveMetrics } from './live-metrics.ts';

/** Reasons of refused upgrades, by HTTP status. */
const HANDSHAKE_REASONS: Readonly<Record<number, string>> = {
  400: 'bad_message',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  426: 'client_too_old',
  429: 'rate_limited',
  503: 'unavailable',
};

/** Resolution of the event loop delay, in milliseconds; no delay is reported shorter. */
const LOOP_PRECISION = 50;

/** Metrics for Prometheus at `/metrics`: the process, HTTP by route, live documents, background jobs. */
export function metrics(app: App, deps: Pick<AppDeps, 'rooms' | 'jobs' | 'storeBytes'>, waiting: WaitingBytes): void {
  const { counters } = deps.rooms;
  const registry = new Registry();
  // Every sample wakes the process; at the default of 10 ms that would be most of the work of an idle server.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_PRECISION });
  liveMetrics(registry, deps, waiting);
  jobMetrics(registry, deps.jobs);
  const requests = new Histogram({
    name: 'weft_http_request_seconds',
    help: 'HTTP requests by route, from arrival to the end of the answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });

  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status } = reply;
    requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    if (request.headers.upgrade !== undefined && status >= 400) {
      countIn(counters.failedHandshakes, HANDSHAKE_REASONS[status] ?? 'internal');
    }
    done();
  });
  app.addHook('onClose', () => registry.clear());

  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Numbers for Prometheus',
        response: { 200: { content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
}

/** Metrics of background jobs, read from their records at each scrape. */
function jobMetrics(registry: Registry, { records }: AppDeps['jobs']): void {
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
