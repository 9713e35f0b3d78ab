import { readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * Starts a thread that runs a module of the server.
 *
 * @param module Its URL, without the ending: `.js` as it is shipped, `.ts` where the server runs from its sources.
 */
export function startThread(module: URL, workerData?: unknown): Worker {
  return import.meta.url.endsWith('.ts')
    ? new Worker(typescriptEntry(`${fileURLToPath(module)}.ts`), { eval: true, workerData })
    : new Worker(new URL(`${module.href}.js`), { workerData });
}

/**
 * A program that runs a module in TypeScript: threads do not inherit what runs TypeScript in this one. As CommonJS, because hooks
 * on ES modules would need one more thread for each.
 */
function typescriptEntry(file: string): string {
  const loader = createRequire(import.meta.url).resolve('tsx/cjs/api');
  return `require(${JSON.stringify(loader)}).register(); require(${JSON.stringify(file)});`;
}

/**
 * Lets the other threads of the machine go before the calling one, as far as that is known to work: on Linux, where each thread has
 * a nice value of its own and its number stands in /proc.
 *
 * @param niceness From 1 to 19; what waits for a core gets a share about 1.25 times as small with each.
 */
export function giveWay(niceness: number): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Number(path.basename(readlinkSync('/proc/thread-self'))), niceness);
  } catch {
    // No /proc, or not allowed: the thread takes its share like any other.
  }
}
