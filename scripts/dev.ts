import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './run.ts';

/**
 * `npm run dev`: the server, restarted when its sources change, and Vite, which reloads the page and passes API and sockets
 * on to the server. When one of them ends, the other is ended too.
 */
const children: ChildProcess[] = [];
let isEnding = false;

start('tsx/dist/cli.mjs', ['watch', '--clear-screen=false', 'server/main.ts']);
start('vite/bin/vite.js', []);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => endAll(0));

function start(tool: string, options: readonly string[]): void {
  const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', tool), ...options], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  child.on('exit', (code) => endAll(code ?? 1));
  children.push(child);
}

function endAll(code: number): void {
  if (isEnding) return;
  isEnding = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
}
