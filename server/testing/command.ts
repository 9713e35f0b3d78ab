import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build, root } from '../../scripts/build.mjs';
import { ownEnvironment } from '../../kit/own-environment.ts';

/** The command as it is shipped, with what it has printed so far. */
export class Command {
  readonly child: ChildProcess;
  output = '';
  errors = '';
  #read: () => void = () => undefined;

  constructor(words: readonly string[], settings: Record<string, string> = {}, cwd = root) {
    this.child = spawn(process.execPath, [join(root, 'dist/server/main.js'), ...words], {
      cwd,
      env: { ...ownEnvironment(), ...settings },
    });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
      this.#read();
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
  }

  /** Builds the server if it is stale. */
  static build(): void {
    if (build({ parts: ['server'], report: () => undefined }).length > 0) throw new Error('The server does not build');
  }

  /** Resolves with the address that it prints. */
  async address(): Promise<string> {
    for (;;) {
      const [, address] = /ready at (http:\S+)[^]*Ctrl\+C/.exec(this.output) ?? [];
      if (address !== undefined) return address;
      await Promise.race([
        new Promise<void>((resolve) => (this.#read = resolve)),
        once(this.child, 'exit').then(() => Promise.reject(new Error(`It ended: ${this.errors}`))),
      ]);
    }
  }

  /** Resolves with the exit code when it has ended and all its output is read. */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    const closed = once(this.child, 'close');
    if (signal !== undefined) this.child.kill(signal);
    const [code] = (await closed) as [number | null];
    return code;
  }
}
