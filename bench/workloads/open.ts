import { silent } from '../load/silent.ts';
import { quantile } from '../measure/statistics.ts';
import type { RunningServer } from '../server-under-test.ts';
import { typePaper } from './replay.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

const RESTARTS = 5;

export const open: Workload = {
  name: 'open',
  work: 'a new client gets the paper right after a restart of the server, five times',
  servers: ['weft'],
  peers: ['hocuspocus'],
  headline: 'openMilliseconds',
  once: true,
  run: runOpen,
};

async function runOpen(cell: Cell): Promise<Metrics> {
  const server = await cell.start();
  const { documentId, text } = await typePaper(cell, server);
  const { milliseconds, bytes } = await openAfterRestart(cell, server, documentId, cell.isQuick ? 1 : RESTARTS);
  return { openMilliseconds: milliseconds, openBytesPerByte: bytes / Buffer.byteLength(text) };
}

/** Median time until a new client has a document of which the freshly started server knows nothing yet, and its bytes. */
export async function openAfterRestart(
  cell: Cell,
  server: RunningServer,
  documentId: string,
  restarts = RESTARTS,
): Promise<{ milliseconds: number; bytes: number }> {
  const times: number[] = [];
  let bytes = 0;
  // The load's own code is warm by then; the server's is not, and shall not be.
  (await server.connect(documentId, silent(cell))).cut();
  for (let restart = 0; restart < restarts; restart += 1) {
    await server.restart();
    const begun = performance.now();
    const client = await cell.settle(server.connect(documentId, silent(cell)));
    times.push(performance.now() - begun);
    bytes = client.bytesReceived;
    client.cut();
  }
  return { milliseconds: quantile(times, 0.5), bytes };
}
