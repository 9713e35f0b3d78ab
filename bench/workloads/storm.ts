import { Audience } from '../load/audience.ts';
import { ClosedLoop } from '../load/closed-loop.ts';
import { startText } from '../load/typist.ts';
import { Meter } from '../measure/meter.ts';
import { median } from '../measure/statistics.ts';
import type { Arrivals, LoadClient } from '../server-under-test.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

const CLIENTS = 1000;
const QUICK_CLIENTS = 50;
const MISSED = 100;
/** Handshakes at a time, when all return. */
const AT_ONCE = 200;

export const storm: Workload = {
  name: 'storm-1000',
  work: '1,000 clients of one document are cut at once, miss 100 changes, and all return',
  servers: ['plain relay', 'weft'],
  peers: ['sharedb', 'hocuspocus', 'y-websocket'],
  headline: 'stormMilliseconds',
  run: runStorm,
};

async function runStorm(cell: Cell): Promise<Metrics> {
  const count = cell.isQuick ? QUICK_CLIENTS : CLIENTS;
  const server = await cell.start();
  const loop = await ClosedLoop.gather(cell, server, startText(), 1);
  const { documentId } = loop.audience;
  const readers = await Audience.join(cell, server, documentId, { clients: count, onEverywhere: () => undefined });
  const places = readers.clients.map(({ whereabouts }) => whereabouts);
  for (const client of readers.clients) client.cut();

  loop.start(MISSED);
  await loop.audience.quiet();
  const { version } = await server.read(documentId);

  const returned: LoadClient[] = [];
  const bytes: number[] = [];
  const meter = new Meter(server.pid);
  const begun = performance.now();
  const comeBack = async (client: number): Promise<void> => {
    let caughtUp = (): void => undefined;
    const isBack = new Promise<void>((resolve) => (caughtUp = resolve));
    const arrivals: Arrivals = {
      acknowledged: () => undefined,
      one: () => undefined,
      untraceable: () => undefined,
      upTo: (place) => {
        if (place >= version) caughtUp();
      },
      failed: (reason) => cell.fail(reason),
    };
    const back = await server.connect(documentId, arrivals, { returning: places[client]! });
    await isBack;
    bytes.push(back.bytesReceived);
    returned.push(back);
  };
  await cell.settle(crowd(count, AT_ONCE, comeBack));
  const milliseconds = performance.now() - begun;
  const usage = meter.read();
  if (returned.length !== count) throw new Error(`${count - returned.length} clients did not return`);
  await loop.audience.verify();
  return {
    stormMilliseconds: milliseconds,
    cpuPerClient: (usage.serverCpu / count) * 1000,
    bytesPerClient: median(bytes),
    loadShare: usage.loadShare,
    foreignShare: usage.foreignShare,
  };
}

/** Has everybody act, at most so many at a time; the next begins as soon as one is done. */
async function crowd(count: number, atOnce: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const go = async (): Promise<void> => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, go));
}
