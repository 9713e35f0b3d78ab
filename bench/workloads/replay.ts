import { readPaper, TraceTypist } from '../load/trace-typist.ts';
import { Meter } from '../measure/meter.ts';
import { residentBytes } from '../measure/process-usage.ts';
import type { RunningServer } from '../server-under-test.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

/** Keystrokes of a smoke test. */
export const QUICK_KEYSTROKES = 5000;

export const replay: Workload = {
  name: 'replay',
  work: 'the 259,778 keystrokes of a paper, one client, at most 100 unacknowledged',
  servers: ['durable relay', 'weft'],
  // ShareDB, with one keystroke under way and the text copied for each, would take minutes.
  peers: ['hocuspocus', 'y-websocket'],
  headline: 'keystrokesPerSecond',
  run: runReplay,
};

async function runReplay(cell: Cell): Promise<Metrics> {
  const server = await cell.start();
  const { keystrokes, usage } = await typePaper(cell, server);
  return {
    keystrokesPerSecond: keystrokes / usage.seconds,
    cpuPerKeystroke: (usage.serverCpu / keystrokes) * 1e6,
    peakMegabytes: (residentBytes(server.pid, 'peak') ?? NaN) / 1e6,
    loadShare: usage.loadShare,
    foreignShare: usage.foreignShare,
  };
}

/** Types the paper into a new document, and checks that it stands there. */
export async function typePaper(cell: Cell, server: RunningServer) {
  const paper = readPaper(cell.isQuick ? QUICK_KEYSTROKES : Infinity);
  const documentId = await server.createDocument('');
  const typist = new TraceTypist(cell, paper);
  const meter = new Meter(server.pid);
  await typist.start(server, documentId);
  await cell.settle(typist.finished);
  const usage = meter.read();
  typist.cut();
  const { version, text } = await server.read(documentId);
  if (text !== undefined && text !== paper.text) throw new Error('The text is not the paper');
  if (text === undefined && version !== paper.keystrokes.length) throw new Error('Keystrokes are missing');
  return { documentId, text: paper.text, keystrokes: paper.keystrokes.length, usage };
}
