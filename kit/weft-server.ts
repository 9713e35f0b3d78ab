import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ownEnvironment } from './own-environment.ts';

/** Milliseconds. Starting includes opening the store and replaying nothing; only a machine with much else to do takes long. */
const START_TIMEOUT = 60_000;

export interface WeftServerOptions {
  /** Kept when given; otherwise a fresh folder is made, and removed by `dispose`. */
  readonly dataFolder?: string;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** Settings beside PORT, HOST and WEFT_DATA, by the names of their environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** A program and its options that become the server, as `taskset -c 0`. */
  readonly prefix?: readonly string[];
  /** Options for Node, as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
}

/** The server as it is shipped, as a process of its own that tests may stop, kill and start again on the same port and data. */
export class WeftServer {
  readonly dataFolder: string;
  /** The file that is run; another one takes over at the next start. */
  protected program: string;
  readonly #options: WeftServerOptions;
  #child: ChildProcess | undefined;
  #port: number;
  #output = '';

  protected constructor(options: WeftServerOptions, program = shippedProgram()) {
    this.#options = options;
    this.program = program;
    this.#port = options.port ?? 0;
    this.dataFolder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), 'weft-data-'));
  }

  /** Starts the server of this package, and waits until it accepts connections. */
  static async start(options: WeftServerOptions = {}): Promise<WeftServer> {
    return new WeftServer(options).begin();
  }

  /** The first start. What is left of one that fails is removed. */
  protected async begin(): Promise<this> {
    try {
      await this.start();
    } catch (error) {
      await this.dispose();
      throw error;
    }
    return this;
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The address of a document's socket. */
  socketUrl(documentId: string): string {
    return `ws://127.0.0.1:${this.#port}/live/${documentId}`;
  }

  /** Everything printed so far, by all processes that ran here. */
  get output(): string {
    return this.#output;
  }

  /** The id of the process that runs or ran last. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts the process again, on the same port and data. Rejects if it ends or stays silent instead of listening. */
  async start(): Promise<void> {
    const [program = '', ...options] = [
      ...(this.#options.prefix ?? []),
      process.execPath,
      '--enable-source-maps',
      ...(this.#options.nodeOptions ?? []),
      this.program,
    ];
    const child = spawn(program, options, {
      env: {
        ...ownEnvironment(),
        HOST: '127.0.0.1',
        PORT: String(this.#port),
        WEFT_DATA: this.dataFolder,
        ...this.#options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const killWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.once('exit', () => process.off('exit', killWithUs));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    this.#port = await new Promise<number>((resolve, reject) => {
      const fail = (reason: string): void => reject(new Error(`${reason}. Its output:\n${this.#output}`));
      const timer = setTimeout(() => fail('The server did not say where it listens'), START_TIMEOUT);
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        printed += text;
        const address = /https?:\/\/[^\s/:]+:(\d+)/.exec(printed);
        if (address === null) return;
        clearTimeout(timer);
        resolve(Number(address[1]));
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        fail(`The server ended (${code ?? signal}) before it listened`);
      });
    });
  }

  /** Asks it to end (SIGTERM) and returns its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Ends it as a power cut would (SIGKILL). */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops it if it runs, and starts it again. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends it at once and removes the data folder, unless that was given. */
  async dispose(): Promise<void> {
    await this.kill();
    if (this.#options.dataFolder === undefined) rmSync(this.dataFolder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || !this.isRunning) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }
}

/** The command line of this package: beside the kit where both are compiled, in `dist` where the kit runs from its sources. */
function shippedProgram(): string {
  const places = ['../server/main.js', '../dist/server/main.js'].map((place) => path.join(import.meta.dirname, place));
  const program = places.find((place) => existsSync(place));
  if (program === undefined) throw new Error('The server is not built; run `npm run build`');
  return program;
}
