import { setTimeout } from 'node:timers/promises';
import { Audience } from '../load/audience.ts';
import { inGroups } from '../load/in-groups.ts';
import { startText } from '../load/typist.ts';
import { Meter } from '../measure/meter.ts';
import { residentBytes } from '../measure/process-usage.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

const CLIENTS_EACH = 10;
const DOCUMENTS = 200;
const QUICK_DOCUMENTS = 10;
/** UTF-16 units. */
const TEXT = 1000;
/** Documents that are gathered at a time. */
const AT_ONCE = 10;
/** After so long without work the engine has given back the memory of the handshakes. Milliseconds. */
const QUIET = 20_000;
/** After the start. Milliseconds. */
const SETTLED = 4000;
/** For the CPU time of doing nothing: one round of heartbeats, which come every 15 s. Milliseconds. */
const WATCHED = 15_000;
const QUICK = 20;

export const idle: Workload = {
  name: 'idle-2000',
  work: '2,000 clients have joined, 10 per document of 1 kB, and nobody does anything',
  servers: ['plain relay', 'weft'],
  headline: 'kibPerConnection',
  once: true,
  run: runIdle,
};

async function runIdle(cell: Cell): Promise<Metrics> {
  const server = await cell.start();
  const documents = cell.isQuick ? QUICK_DOCUMENTS : DOCUMENTS;
  const shorter = cell.isQuick ? QUICK : 1;
  await cell.settle(setTimeout(SETTLED / shorter));
  const before = residentBytes(server.pid) ?? NaN;
  const audiences = await inGroups(documents, AT_ONCE, () =>
    Audience.gather(cell, server, startText(TEXT), { clients: CLIENTS_EACH, onEverywhere: () => undefined }),
  );
  cell.report('joined; waiting');
  await cell.settle(setTimeout(QUIET / shorter));
  const meter = new Meter(server.pid);
  await cell.settle(setTimeout(WATCHED / shorter));
  const usage = meter.read();
  const after = residentBytes(server.pid) ?? NaN;
  for (const audience of audiences) await audience.verify();
  return {
    kibPerConnection: (after - before) / 1024 / (documents * CLIENTS_EACH),
    serverShare: usage.serverCpu / usage.seconds,
    residentMegabytes: after / 1e6,
    foreignShare: usage.foreignShare,
  };
}
