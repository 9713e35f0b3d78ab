import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartOptions } from '../server-under-test.ts';

/** Where the peers are installed, apart from the product. */
export const PEERS = fileURLToPath(new URL('../peers', import.meta.url));

/** Milliseconds to end politely. */
const PATIENCE = 10_000;

/** A package of the peers. The caller says what it uses of it, because its types are not installed with the product. */
export function loadPeerPackage<T>(name: string): T {
  if (!existsSync(path.join(PEERS, 'node_modules'))) {
    throw new Error('The peers are not installed; `npm run bench -- --peers` does it');
  }
  return createRequire(path.join(PEERS, 'package.json'))(name) as T;
}

/** A peer's server, `peers/NAME-server.mjs`, as a process of its own, and its documents over HTTP. */
export class PeerProcess {
  readonly dataFolder: string;
  readonly #name: string;
  readonly #prefix: readonly string[];
  #child: ChildProcess | undefined;
  #url = '';

  private constructor(name: string, { prefix }: StartOptions) {
    this.#name = name;
    this.#prefix = prefix;
    this.dataFolder = mkdtempSync(path.join(tmpdir(), `weft-${name}-`));
  }

  static async start(name: string, options: StartOptions): Promise<PeerProcess> {
    const peer = new PeerProcess(name, options);
    await peer.#start(0);
    return peer;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** The address of a document's socket. */
  socketUrl(documentId: string): string {
    return `${this.#url.replace(/^http/, 'ws')}/${documentId}`;
  }

  async create(text: string): Promise<string> {
    return (await this.#call<{ id: string }>('/', { method: 'POST', body: text })).id;
  }

  async read(documentId: string): Promise<{ readonly version?: number; readonly text: string }> {
    return this.#call(`/${documentId}`);
  }

  async restart(): Promise<void> {
    await this.#end('SIGTERM');
    await this.#start(Number(new URL(this.#url).port));
  }

  async dispose(): Promise<void> {
    await this.#end('SIGKILL');
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  async #start(port: number): Promise<void> {
    const script = path.join(PEERS, `${this.#name}-server.mjs`);
    const [program = '', ...options] = [...this.#prefix, process.execPath, script, String(port), this.dataFolder];
    const child = spawn(program, options, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    this.#child = child;
    const killWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.once('exit', () => process.off('exit', killWithUs));
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${this.#name} ended before it listened`)));
    const [line] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
    ended.catch(() => undefined);
    this.#url = String(line).trim();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    await ended;
    clearTimeout(timer);
  }

  async #call<T>(where: string, request?: RequestInit): Promise<T> {
    const response = await fetch(this.#url + where, request);
    if (!response.ok) throw new Error(`${this.#name} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}
