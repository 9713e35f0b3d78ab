import { readPaper, TraceTypist } from '../load/trace-typist.ts';
import { RunningWeft } from '../servers/weft.ts';
import { QUICK_KEYSTROKES, typePaper } from './replay.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

/** People who type the beginning of the paper at the same time, each in a document of their own. */
const PEOPLE = 64;
const KEYSTROKES_EACH = 4000;

/**
 * Bytes per keystroke, everything counted. Twice: as one typist sends the paper who types faster than any person, so that up to
 * 100 keystrokes are one change; and with every single keystroke a change of its own, as people who type in peace make them.
 */
export const disk: Workload = {
  name: 'disk',
  work: 'bytes in the data folder per keystroke of the paper, the history complete',
  servers: ['weft'],
  headline: 'bytesPerSingleKeystroke',
  once: true,
  run: async (cell) => ({ ...(await measureTogether(cell)), ...(await measureSingly(cell)) }),
};

async function measureTogether(cell: Cell): Promise<Metrics> {
  const server = await startWeft(cell);
  const empty = await server.sizeAtRest();
  const { keystrokes } = await typePaper(cell, server);
  const hot = await server.sizeAtRest();
  const compact = await server.sizeCompacted();
  await server.dispose();
  return {
    bytesPerKeystroke: (hot - empty) / keystrokes,
    bytesPerKeystrokeCompacted: (compact - empty) / keystrokes,
  };
}

async function measureSingly(cell: Cell): Promise<Metrics> {
  const server = await startWeft(cell);
  const empty = await server.sizeAtRest();
  const paper = readPaper(cell.isQuick ? Math.floor(QUICK_KEYSTROKES / PEOPLE) : KEYSTROKES_EACH);
  const each = paper.keystrokes.length;
  const documentIds: string[] = [];
  const people = Array.from({ length: PEOPLE }, () => new TraceTypist(cell, paper, 1));
  for (const person of people) {
    const documentId = await server.createDocument('');
    documentIds.push(documentId);
    await person.start(server, documentId);
  }
  await cell.settle(Promise.all(people.map(({ finished }) => finished)));
  for (const person of people) person.cut();
  for (const documentId of documentIds) {
    const { version, text } = await server.read(documentId);
    if (version !== each || text !== paper.text) throw new Error('A text is not the beginning of the paper');
  }
  const hot = await server.sizeAtRest();
  const compact = await server.sizeCompacted();
  return {
    bytesPerSingleKeystroke: (hot - empty) / (each * PEOPLE),
    bytesPerSingleKeystrokeCompacted: (compact - empty) / (each * PEOPLE),
  };
}

async function startWeft(cell: Cell): Promise<RunningWeft> {
  const server = await cell.start();
  if (server instanceof RunningWeft) return server;
  throw new Error('Only the product can be compacted');
}
