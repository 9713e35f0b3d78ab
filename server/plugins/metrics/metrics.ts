import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import type { App, AppDeps } from '../app-deps.ts';
import { countIn } from '../../rooms/services/room-counters.ts';
import type { WaitingBytes } from '../../limits/waiting-bytes.ts';
import { jobMetrics } from './job-metrics.ts';
import { liveMetrics } from './live-metrics.ts';

/** Why an upgrade was refused, by the status that says so. */
const HANDSHAKE_REASONS: Readonly<Record<number, string>> = {
  400: 'bad_message',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  426: 'client_too_old',
  429: 'rate_limited',
  503: 'unavailable',
};

/** Between two looks at how late the event loop is, in milliseconds; no delay reads shorter. */
const LOOP_PRECISION = 50;

/** Numbers for Prometheus at `/metrics`: the process, HTTP by route, the live documents, and what runs by itself. */
export function metrics(app: App, parts: Pick<AppDeps, 'rooms' | 'jobs' | 'storeBytes'>, waiting: WaitingBytes): void {
  const { counters } = parts.rooms;
  const registry = new Registry();
  // Every look wakes the process: at the default of 10 ms that is most of what an idle server does.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_PRECISION });
  liveMetrics(registry, parts, waiting);
  jobMetrics(registry, parts.jobs);
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
