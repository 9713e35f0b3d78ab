import { ClosedLoop } from '../load/closed-loop.ts';
import { inGroups } from '../load/in-groups.ts';
import { START_LENGTH, startText, STEADY_INSERT_PERCENT, Typist } from '../load/typist.ts';
import type { RunningServer } from '../server-under-test.ts';
import { quantile } from '../measure/statistics.ts';
import { mediansOf } from '../report/results.ts';
import { measureLoop } from './hot.ts';
import { openAfterRestart } from './open.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

const WRITERS = 16;
/** Those who make a long history. */
const FILLERS = 64;
/** Documents that are made at a time. */
const AT_ONCE = 20;
/** Measurements of one loop, and milliseconds of each; the middle one counts. */
const REPEATS = 3;
const MEASURED = 1500;
/** Milliseconds until a loop that was warm runs again. */
const WARM_AGAIN = 300;
/** Texts of the middle third of a history that are read. */
const OLD_VERSIONS = 15;
/** A smoke test has so many times less of everything. */
const QUICK = 100;

interface Size {
  readonly name: string;
  readonly work: string;
  /** UTF-16 units. */
  readonly text?: number;
  /** Changes before the measurement. */
  readonly history?: number;
  /** Documents beside the measured one. */
  readonly others?: number;
}

const SIZES: readonly Size[] = [
  { name: 'small', work: 'a text of 10 kB, no history, one document' },
  { name: 'text-1m', work: 'a text of 1 MB', text: 1_000_000 },
  { name: 'text-4.9m', work: 'a text of 4.9 MB (the limit is 5)', text: 4_900_000 },
  { name: 'history-1m', work: 'a history of 1,000,000 changes', history: 1_000_000 },
  { name: 'documents-100', work: '100 documents', others: 99 },
  { name: 'documents-10k', work: '10,000 documents', others: 9999 },
];

/** What grows: the cost of a change with 16 writers in a closed loop, and the time to open right after a restart. */
export const growth: readonly Workload[] = SIZES.map((size) => ({
  name: size.name,
  work: `growth: ${size.work}; 16 writers in a closed loop, then open after a restart`,
  servers: ['weft'],
  headline: 'cpuPerChange',
  once: true,
  run: (cell) => runGrowth(cell, size),
}));

async function runGrowth(cell: Cell, { text = START_LENGTH, history = 0, others = 0 }: Size): Promise<Metrics> {
  const less = cell.isQuick ? QUICK : 1;
  const server = await cell.start();
  await inGroups(Math.floor(others / less), AT_ONCE, () => server.createDocument(startText()));
  const documentId = await server.createDocument(startText(text));
  if (history > 0) await makeHistory(cell, server, documentId, history / less);

  // Steady, because the longest text is close to what a document may hold.
  const typists = Array.from(
    { length: WRITERS },
    (_, index) => new Typist(index + 1, START_LENGTH, STEADY_INSERT_PERCENT),
  );
  const loop = await ClosedLoop.join(cell, server, documentId, typists);
  const rounds: Metrics[] = [];
  for (let round = 0; round < REPEATS; round += 1) {
    const again = round > 0 ? { warmUp: WARM_AGAIN } : {};
    rounds.push(await measureLoop(cell, loop, server, { measured: MEASURED, ...again }));
  }
  await loop.audience.quiet();
  for (const client of loop.audience.clients) client.cut();
  const { milliseconds } = await openAfterRestart(cell, server, documentId);
  const metrics: Metrics = { ...mediansOf(rounds), openMilliseconds: milliseconds };
  if (history > 0) metrics['oldVersionMilliseconds'] = await readOldVersions(server, documentId, history / less);
  return metrics;
}

/** Median milliseconds until the text at a version around the middle of the history has come, another one each time. */
async function readOldVersions(server: RunningServer, documentId: string, history: number): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < OLD_VERSIONS; index += 1) {
    const wanted = Math.floor((history * (OLD_VERSIONS + index)) / (3 * OLD_VERSIONS));
    const begun = performance.now();
    const { version } = await server.read(documentId, wanted);
    times.push(performance.now() - begun);
    if (version !== wanted) throw new Error(`Version ${wanted} was asked for, and ${version} came`);
  }
  return quantile(times, 0.5);
}

async function makeHistory(cell: Cell, server: RunningServer, documentId: string, changes: number): Promise<void> {
  const typists = Array.from(
    { length: FILLERS },
    (_, index) => new Typist(-index - 1, START_LENGTH, STEADY_INSERT_PERCENT),
  );
  const loop = await ClosedLoop.join(cell, server, documentId, typists);
  loop.start(changes);
  const telling = setInterval(() => {
    cell.report(`${loop.audience.everywhere.toLocaleString('en')} of ${changes.toLocaleString('en')} changes`);
    // The others are not measured.
    loop.latencies = [];
  }, 1000);
  try {
    await loop.audience.quiet();
  } finally {
    clearInterval(telling);
  }
  for (const client of loop.audience.clients) client.cut();
}
