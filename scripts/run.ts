import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export interface Outcome {
  readonly code: number;
  /** What the program printed, both streams in order; empty where it printed to the terminal itself. */
  readonly output: string;
  readonly seconds: number;
}

interface RunOptions {
  readonly env?: Record<string, string>;
  /** `terminal` shows the output as it comes; `collect` hands it back. */
  readonly output?: 'terminal' | 'collect';
}

/** Runs a program of `node_modules` (its script, relative to that folder) with this very Node. */
export function runTool(script: string, options: readonly string[], settings: RunOptions = {}): Promise<Outcome> {
  const begun = performance.now();
  const collect = settings.output !== 'terminal';
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', script), ...options], {
      cwd: ROOT,
      env: { ...process.env, ...settings.env },
      stdio: collect ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
    const finish = (code: number): void => {
      resolve({ code, output, seconds: (performance.now() - begun) / 1000 });
    };
    child.on('error', (error) => {
      output += String(error);
      finish(1);
    });
    child.on('close', (code) => {
      finish(code ?? 1);
    });
  });
}
