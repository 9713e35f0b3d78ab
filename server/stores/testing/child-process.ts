import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/**
 * Runs a program of this folder as a process of its own, which does not outlive the running test. Its standard output is piped
 * as text, its errors go where the test's go.
 */
export function childProcess(program: string, ...args: string[]): ChildProcess {
  const loader = createRequire(import.meta.url).resolve('tsx/cli');
  const file = fileURLToPath(new URL(program, import.meta.url));
  // The loader's own program would start a second process, which would survive a kill of the first.
  const hooks = new URL('./loader.mjs', `file://${loader}`).href;
  const child = spawn(process.execPath, ['--import', hooks, file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdout.setEncoding('utf8');
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
