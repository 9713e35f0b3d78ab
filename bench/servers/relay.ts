import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { RelayClient } from '../load/relay-client.ts';
import type { Arrivals, ConnectOptions, Holding, RunningServer, ServerAdapter } from '../server-under-test.ts';

const RELAY = fileURLToPath(new URL('../relay/relay.mjs', import.meta.url));

/** The bare relay, without and with a disk. */
export const plainRelay: ServerAdapter = relay('plain relay', false);
export const durableRelay: ServerAdapter = relay('durable relay', true);

function relay(name: string, isDurable: boolean): ServerAdapter {
  return {
    name,
    isDurable,
    isOrdered: true,
    inFlight: Infinity,
    start: async ({ prefix }) => {
      const folder = isDurable ? mkdtempSync(path.join(tmpdir(), 'weft-relay-')) : undefined;
      const own = [process.execPath, RELAY, ...(folder === undefined ? [] : ['--durable', folder])];
      const [program = '', ...options] = [...prefix, ...own];
      const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'] });
      const killWithUs = (): void => void child.kill('SIGKILL');
      process.once('exit', killWithUs);
      child.once('exit', () => process.off('exit', killWithUs));
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      return new RunningRelay(child, String(line).trim(), folder);
    },
  };
}

class RunningRelay implements RunningServer {
  readonly dataFolder: string | undefined;
  readonly #child: ChildProcess;
  readonly #url: string;

  constructor(child: ChildProcess, url: string, dataFolder: string | undefined) {
    this.#child = child;
    this.#url = url;
    this.dataFolder = dataFolder;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Relays keep no text. */
  async createDocument(): Promise<string> {
    const response = await fetch(this.#url, { method: 'POST' });
    return ((await response.json()) as { id: string }).id;
  }

  async connect(documentId: string, arrivals: Arrivals, options?: ConnectOptions): Promise<RelayClient> {
    return new RelayClient(`${this.#url.replace(/^http/, 'ws')}/${documentId}`, arrivals, options).joined();
  }

  async read(documentId: string): Promise<Holding> {
    const response = await fetch(`${this.#url}/${documentId}`);
    return (await response.json()) as Holding;
  }

  async restart(): Promise<void> {
    throw new Error('A relay does not remember');
  }

  async dispose(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
    if (this.dataFolder !== undefined) rmSync(this.dataFolder, { recursive: true, force: true });
  }
}
