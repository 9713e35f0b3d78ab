import { setTimeout } from 'node:timers/promises';
import { Audience } from '../load/audience.ts';
import { inGroups } from '../load/in-groups.ts';
import { keepPace } from '../load/pace.ts';
import { ParagraphTypist, textFor } from '../load/paragraph-typist.ts';
import { slowReader } from '../load/slow-reader.ts';
import { startText } from '../load/typist.ts';
import { Meter } from '../measure/meter.ts';
import { residentBytes, socketBytes } from '../measure/process-usage.ts';
import { quantile } from '../measure/statistics.ts';
import { RunningWeft } from '../servers/weft.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

const WRITERS = 20;
/** Of each writer; together 1,000. */
const PER_SECOND = 50;
const READERS = 500;
const QUICK_READERS = 20;
const WARM_UP_SECONDS = 2;
/** Each of the two halves. */
const SECONDS = 30;
/** Of the second half, until the server knows who does not read. Milliseconds. */
const NOTICED_WITHIN = 1000;
const AT_ONCE = 50;
/** Milliseconds between two looks at what the server holds. */
const LOOK_EVERY = 100;
/** After the readers have come. Milliseconds. */
const SETTLED = 1000;

export const slow: Workload = {
  name: 'slow-500',
  work: '20 writers paste and remove 2 kB, 1,000 changes a second together, alone and beside 500 readers that never read',
  servers: ['weft'],
  headline: 'slowedDown',
  once: true,
  onRequest: true,
  run: runSlow,
};

async function runSlow(cell: Cell): Promise<Metrics> {
  const server = await cell.start();
  if (!(server instanceof RunningWeft)) throw new Error('Only the product is measured');
  const [seconds, readers] = cell.isQuick ? [1, QUICK_READERS] : [SECONDS, READERS];
  let delays: { readonly sentAt: number; readonly delay: number }[] = [];
  const onEverywhere = (_author: number, sentAt: number | undefined): void => {
    if (sentAt !== undefined) delays.push({ sentAt, delay: performance.now() - sentAt });
  };
  const text = startText(textFor(WRITERS));
  const audience = await Audience.gather(cell, server, text, { clients: WRITERS, onEverywhere });
  const typists = Array.from({ length: WRITERS }, (_, hand) => new ParagraphTypist(hand));
  const act = async (during: number, seed: number): Promise<void> => {
    delays = [];
    const rhythm = { clients: WRITERS, perSecond: PER_SECOND, seconds: during, seed };
    await cell.settle(keepPace(rhythm, (writer, dueAt) => audience.submit(writer, typists[writer]!.next(), dueAt)));
    await audience.quiet();
  };
  const p99Since = (time: number): number =>
    quantile(
      delays.filter(({ sentAt }) => sentAt >= time).map(({ delay }) => delay),
      0.99,
    );

  await act(WARM_UP_SECONDS, 1);
  await act(seconds, 2);
  const p99Alone = p99Since(0);

  cell.report('the slow readers join');
  const url = server.process.socketUrl(audience.documentId);
  const ends = await inGroups(readers, AT_ONCE, () => slowReader(url));
  await setTimeout(SETTLED);
  cell.report('nobody of them reads');
  const watch = watchReaders(server, readers);
  const meter = new Meter(server.pid);
  const begun = performance.now();
  await act(seconds, 3);
  const usage = meter.read();
  const { resident, kernel, closed, lastClosedAt } = await watch.end();
  for (const end of ends) end();
  await audience.verify();
  const p99 = p99Since(0);
  const p99Noticed = p99Since(begun + NOTICED_WITHIN);
  return {
    p99Alone,
    p99,
    slowedDown: p99 / p99Alone,
    p99Noticed,
    slowedDownNoticed: p99Noticed / p99Alone,
    slowReadersClosed: closed,
    slowReadersClosedAfter: (lastClosedAt - begun) / 1000,
    kibPerSlowReader: resident / 1024 / readers,
    kernelKibPerSlowReader: kernel / 1024 / readers,
    serverShare: usage.serverCpu / usage.seconds,
    loadShare: usage.loadShare,
    foreignShare: usage.foreignShare,
  };
}

/** Looks again and again at what readers cost, until `end`, which tells how much memory grew at most, and who was closed when. */
function watchReaders(server: RunningWeft, readers: number) {
  const [residentBefore, kernelBefore] = [residentBytes(server.pid) ?? NaN, socketBytes() ?? NaN];
  let [resident, kernel, closed, lastClosedAt, isOver] = [0, 0, 0, NaN, false];
  const look = async (): Promise<void> => {
    resident = Math.max(resident, (residentBytes(server.pid) ?? NaN) - residentBefore);
    kernel = Math.max(kernel, (socketBytes() ?? NaN) - kernelBefore);
    if (closed === readers) return;
    closed = await slowReadersOf(server.process.url);
    lastClosedAt = closed === readers ? performance.now() : NaN;
  };
  const watching = (async () => {
    for (; !isOver; await setTimeout(LOOK_EVERY)) await look();
  })();
  return {
    end: async () => {
      isOver = true;
      await watching;
      return { resident, kernel, closed, lastClosedAt };
    },
  };
}

/** How many the server has closed for not reading. */
async function slowReadersOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^weft_slow_readers_total (\S+)$/m.exec(text)?.[1] ?? 0);
}
