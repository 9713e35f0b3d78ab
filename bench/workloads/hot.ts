import { setTimeout } from 'node:timers/promises';
import { ClosedLoop } from '../load/closed-loop.ts';
import { startText } from '../load/typist.ts';
import { Meter } from '../measure/meter.ts';
import { quantile } from '../measure/statistics.ts';
import type { RunningServer } from '../server-under-test.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

/** Milliseconds. A server runs for weeks: by then the engine has compiled what is hot. */
const WARM_UP = 2500;
const MEASURED = 3000;
/** A smoke test is so many times as short. */
const QUICK = 10;

/** One hot document with so many writers in a closed loop. */
export function hot(writers: number): Workload {
  return {
    name: `hot-${writers}`,
    work: `${writers} writers, one document, each sends its next keystroke when the last is acknowledged and has reached everybody`,
    servers: ['plain relay', 'durable relay', 'weft'],
    peers: ['sharedb', 'hocuspocus', 'y-websocket'],
    headline: 'changesPerSecond',
    run: async (cell) => {
      const server = await cell.start();
      const loop = await ClosedLoop.gather(cell, server, startText(), writers);
      const metrics = await measureLoop(cell, loop, server);
      await loop.audience.verify();
      return metrics;
    },
  };
}

/** Warms up, measures, and stops; milliseconds. */
export async function measureLoop(
  cell: Cell,
  loop: ClosedLoop,
  server: RunningServer,
  { warmUp = WARM_UP, measured = MEASURED } = {},
): Promise<Metrics> {
  const shorter = cell.isQuick ? QUICK : 1;
  loop.start();
  await cell.settle(setTimeout(warmUp / shorter));
  const before = loop.audience.everywhere;
  loop.latencies = [];
  const meter = new Meter(server.pid);
  await cell.settle(setTimeout(measured / shorter));
  const usage = meter.read();
  const changes = loop.audience.everywhere - before;
  const { latencies } = loop;
  loop.latencies = [];
  await loop.stop();
  return {
    changesPerSecond: changes / usage.seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpuPerChange: (usage.serverCpu / changes) * 1e6,
    loadShare: usage.loadShare,
    foreignShare: usage.foreignShare,
  };
}
