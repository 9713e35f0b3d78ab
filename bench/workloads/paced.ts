import { Audience } from '../load/audience.ts';
import { inGroups } from '../load/in-groups.ts';
import { keepPace } from '../load/pace.ts';
import { startText, Typist } from '../load/typist.ts';
import { Meter } from '../measure/meter.ts';
import { quantile } from '../measure/statistics.ts';
import type { Cell, Metrics } from './workload.ts';

/** Documents that are made at a time. */
const AT_ONCE = 20;
/** Before it is measured, everybody types so many times faster for so long: a server runs for weeks, and is compiled by then. */
const WARM_UP = { faster: 4, seconds: 5 } as const;
const QUICK_SECONDS = 1;

export interface PacedWork {
  readonly documents: number;
  readonly writersEach: number;
  readonly readersEach?: number;
  /** Keystrokes of each writer. */
  readonly perSecond: number;
  /** Caret moves of each writer. */
  readonly caretsPerSecond?: number;
  readonly seconds: number;
  /** Latency of every single delivery, instead of until the slowest has it. */
  readonly eachArrival?: boolean;
}

/** Open loop: people who type at their own rhythm, whatever the server does. */
export async function runPaced(cell: Cell, work: PacedWork): Promise<Metrics> {
  const { writersEach, readersEach = 0, perSecond, caretsPerSecond, eachArrival = false } = work;
  const seconds = cell.isQuick ? QUICK_SECONDS : work.seconds;
  const documents = cell.isQuick ? Math.min(work.documents, AT_ONCE) : work.documents;
  const server = await cell.start();
  const latencies: number[] = [];
  let measuresFrom = Infinity;
  const onEverywhere = (_author: number, sentAt: number | undefined, arrivals: Float64Array | undefined): void => {
    if (sentAt === undefined || sentAt < measuresFrom) return;
    if (arrivals === undefined) latencies.push(performance.now() - sentAt);
    else for (const arrival of arrivals) latencies.push(arrival - sentAt);
  };
  const clients = writersEach + readersEach;
  const audiences = await inGroups(documents, AT_ONCE, () =>
    Audience.gather(cell, server, startText(), { clients, eachArrival, onEverywhere }),
  );
  const writers = documents * writersEach;
  const typists = Array.from({ length: writers }, (_, index) => new Typist(index + 1));
  const type = (writer: number, dueAt: number): void => {
    const audience = audiences[Math.floor(writer / writersEach)]!;
    audience.submit(writer % writersEach, typists[writer]!.next(), dueAt);
  };
  const point = (writer: number): void => {
    const audience = audiences[Math.floor(writer / writersEach)]!;
    audience.clients[writer % writersEach]!.moveCaret?.(typists[writer]!.caret);
  };
  const act = async (during: number, seed: number, faster = 1): Promise<void> => {
    const rhythm = { clients: writers, seconds: during };
    const typing = keepPace({ ...rhythm, perSecond: perSecond * faster, seed }, type);
    const pointing =
      caretsPerSecond && keepPace({ ...rhythm, perSecond: caretsPerSecond * faster, seed: -seed }, point);
    await cell.settle(Promise.all([typing, pointing]));
  };

  cell.report('warming up');
  await act(cell.isQuick ? QUICK_SECONDS : WARM_UP.seconds, 1, WARM_UP.faster);
  measuresFrom = performance.now();
  const meter = new Meter(server.pid);
  await act(seconds, 2);
  const usage = meter.read();
  await inGroups(documents, AT_ONCE, (index) => audiences[index]!.verify());
  const all = audiences.flatMap((audience) => audience.clients);
  if (caretsPerSecond !== undefined && all.some(({ caretFrames }) => caretFrames === 0)) {
    throw new Error('Somebody saw no carets of the others');
  }
  const changes = Math.round(writers * perSecond * seconds);
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpuPerChange: (usage.serverCpu / changes) * 1e6,
    cpuPerDelivery: (usage.serverCpu / changes / clients) * 1e6,
    serverShare: usage.serverCpu / usage.seconds,
    loadShare: usage.loadShare,
    foreignShare: usage.foreignShare,
  };
}
