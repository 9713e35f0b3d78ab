import { DocumentSession, nodeTransport } from '../../shared/client/node.ts';
import { ClosedLoop } from '../load/closed-loop.ts';
import { CuttableTransport } from '../load/cuttable-transport.ts';
import { startText } from '../load/typist.ts';
import { RunningWeft } from '../servers/weft.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

const WRITERS = 64;
const MISSED = 100_000;
const QUICK_MISSED = 1000;
/** Edits that wait unsent, at different places. */
const UNSENT = 20;

export const stale: Workload = {
  name: 'stale',
  work: 'a client returns 100,000 changes late with 20 unsent edits',
  servers: ['weft'],
  headline: 'staleMilliseconds',
  once: true,
  run: runStale,
};

async function runStale(cell: Cell): Promise<Metrics> {
  const server = await cell.start();
  if (!(server instanceof RunningWeft)) throw new Error('Only the product has an engine of its own');
  const loop = await ClosedLoop.gather(cell, server, startText(), WRITERS);
  const transport = new CuttableTransport(nodeTransport(server.process.socketUrl(loop.audience.documentId)));
  const late = new DocumentSession({ transport, name: 'Late' });
  late.connect();
  await cell.settle(late.whenReady());
  transport.cut();
  const marks = Array.from({ length: UNSENT }, (_, index) => `<unsent ${index}>`);
  marks.forEach((mark, index) => late.insert(Math.floor(((index + 1) * late.text.length) / (UNSENT + 1)), mark));

  cell.report('others type');
  loop.start(cell.isQuick ? QUICK_MISSED : MISSED);
  await loop.audience.quiet();
  // Nobody else is left to hear of it: what is measured is the way back alone.
  for (const client of loop.audience.clients) client.cut();

  transport.mend();
  const begun = performance.now();
  late.reconnect();
  await cell.settle(late.whenSaved());
  const milliseconds = performance.now() - begun;
  const { text } = await server.read(loop.audience.documentId);
  if (text !== late.text.toString()) throw new Error('The late client and the server differ');
  const lost = marks.filter((mark) => !late.text.toString().includes(mark));
  if (lost.length > 0) throw new Error(`Lost: ${lost.join(', ')}`);
  await late.leave();
  return { staleMilliseconds: milliseconds };
}
