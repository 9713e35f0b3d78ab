import { readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * Starts a thread that runs a module of the server.
 *
 * @param module Its URL, without the ending: `.js` as it is shipped, `.ts` if the server runs from its sources.
 */
export function startThread(module: URL, workerData?: unknown): Worker {
  return import.meta.url.endsWith('.ts')
    ? new Worker(typescriptEntry(`${fileURLToPath(module)}.ts`), { eval: true, workerData })
    : new Worker(new URL(`${module.href}.js`), { workerData });
}

/**
 * The source of a thread that runs a TypeScript module: threads do not inherit the loader of the main thread. It is CommonJS,
 * because hooks on ES modules need one more thread for each.
 */
function typescriptEntry(file: string): string {
  const loader = createRequire(import.meta.url).resolve('tsx/cjs/api');
  return `require(${JSON.stringify(loader)}).register(); require(${JSON.stringify(file)});`;
}

/**
 * Lowers the priority of the calling thread. Only on Linux, whose threads have nice values of their own and numbers in /proc.
 *
 * @param niceness 1 to 19. Each step makes the thread's share of a busy core about 1.25 times smaller.
 */
export function giveWay(niceness: number): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Number(path.basename(readlinkSync('/proc/thread-self'))), niceness);
  } catch {
    // No /proc, or not allowed: the priority stays as it is.
  }
}
