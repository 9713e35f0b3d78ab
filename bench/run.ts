/** `npm run bench`: measures everything, or what was asked for, and writes down what it found. */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { runTool } from '../scripts/run.ts';
import { installPeers } from './install-peers.ts';
import { measureCell } from './measure-cell.ts';
import { pinnedTo } from './measure/process-usage.ts';
import { ALGEBRA, readOptions, USAGE, type BenchOptions } from './options.ts';
import { writeDocumentation, writeFlameGraph, writeResults } from './report/files.ts';
import { Progress } from './report/progress.ts';
import { circumstancesNow, resultsOf, type Outcome, type Results } from './report/results.ts';
import { printTable } from './report/table.ts';
import { WORKLOADS, workloadsNamed } from './workloads/workloads.ts';

/** Milliseconds after which one measurement is given up. */
const CELL_TIMEOUT = 600_000;

const options = readOptions(process.argv.slice(2));
if (options === undefined) console.log(USAGE);
else process.exitCode = (await run(options)) ? 0 : 1;

/** False where a measurement was void. */
async function run({
  only,
  servers,
  rounds,
  withPeers,
  isQuick,
  isProfiled,
  writesDocs,
}: BenchOptions): Promise<boolean> {
  const workloads =
    only?.filter((name) => name !== ALGEBRA).flatMap(workloadsNamed) ??
    WORKLOADS.filter(({ onRequest }) => onRequest !== true);
  if (withPeers) installPeers();
  const needsPages = workloads.some((workload) => workload.needsPages === true);
  const failed = build({ parts: needsPages ? ['server', 'web', 'embed'] : ['server'] });
  if (failed.length > 0) throw new Error(`The ${failed.join(' and the ')} could not be built; see above`);
  const serverPrefix = pinnedTo(0, cpus().length);
  const loadPrefix = pinnedTo(1, cpus().length);

  // Round by round and server beside server, so that whatever else happens on the machine happens to all of them.
  const tasks = workloads.flatMap((workload) => {
    const all = [...workload.servers, ...(withPeers ? (workload.peers ?? []) : [])];
    const wanted = all.filter((server) => servers?.includes(server) ?? true);
    const times = workload.once === true ? 1 : rounds;
    return Array.from({ length: times }, () => wanted.map((server) => ({ workload, server }))).flat();
  });
  const progress = new Progress(tasks.length);
  const outcomes: Outcome[] = [];
  for (const { workload, server } of tasks) {
    progress.begin(`${workload.name}, ${server}`);
    const profileFolder = isProfiled ? mkdtempSync(path.join(tmpdir(), 'weft-profile-')) : undefined;
    const task = { workload: workload.name, server, isQuick, prefix: serverPrefix, profileFolder };
    const onProgress = (text: string): void => progress.note(text);
    try {
      const metrics = await measureCell(task, { loadPrefix, timeout: CELL_TIMEOUT, onProgress });
      outcomes.push({ workload: workload.name, server, metrics });
      progress.end(workload.headline, metrics[workload.headline]);
      if (profileFolder !== undefined) writeFlameGraph(workload.name, profileFolder);
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      outcomes.push({ workload: workload.name, server, failure });
      progress.failed(failure);
    }
    if (profileFolder !== undefined) rmSync(profileFolder, { recursive: true, force: true });
  }

  // What a profiler slows down is no result.
  if (isProfiled) return outcomes.every(({ failure }) => failure === undefined);
  const algebra = (only?.includes(ALGEBRA) ?? true) ? await measureAlgebra() : undefined;
  const circumstances = circumstancesNow({ isPinned: serverPrefix.length > 0, rounds, isQuick });
  const found: Results = { circumstances, results: resultsOf(outcomes), ...(algebra !== undefined && { algebra }) };
  printTable(found);
  await writeResults(found);
  if (writesDocs) await writeDocumentation(found);
  return outcomes.every(({ failure }) => failure === undefined);
}

/** Has the algebra's benchmark run on its own, and hands back what it prints. */
async function measureAlgebra(): Promise<string> {
  console.log('The algebra …');
  const { output } = await runTool('tsx/dist/cli.mjs', [fileURLToPath(new URL('algebra.ts', import.meta.url))]);
  return output.trim();
}
