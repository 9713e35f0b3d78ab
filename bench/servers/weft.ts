import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../../scripts/build.mjs';
import { ServerProcess } from '../../testing/server-process.ts';
import { WeftClient } from '../load/weft-client.ts';
import { folderSize } from '../measure/folder-size.ts';
import type {
  Arrivals,
  ConnectOptions,
  Holding,
  RunningServer,
  Sent,
  ServerAdapter,
  StartOptions,
} from '../server-under-test.ts';
import { verifyHistory } from './weft-history.ts';

const MAIN = path.join(root, 'dist/server/main.js');

/** Limits that are for people: a client of a benchmark types thousands of keystrokes a second. Everything else is as shipped. */
const SETTINGS = {
  WEFT_MAX_SESSIONS: '20000',
  WEFT_MAX_SESSIONS_PER_DOCUMENT: '20000',
  WEFT_MAX_SESSIONS_PER_USER: '20000',
  WEFT_MESSAGES_PER_SECOND: '1000000',
  WEFT_SUBMISSIONS_PER_SECOND: '1000000',
  WEFT_OPERATIONS_PER_SECOND: '1000000000',
  WEFT_PRESENCE_PER_SECOND: '1000',
  WEFT_GUESTS_PER_MINUTE: '1000000',
  WEFT_DOCUMENTS_PER_MINUTE: '1000000',
  WEFT_HISTORY_READS_PER_SECOND: '100000',
};

/** The product, as it is shipped. */
export const weft: ServerAdapter = {
  name: 'weft',
  isDurable: true,
  isOrdered: true,
  inFlight: 1,
  start: async ({ prefix, profileFolder, settings, isAsShipped }: StartOptions) => {
    const nodeOptions = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
    const server = await ServerProcess.start({
      env: { ...(isAsShipped !== true && SETTINGS), ...settings },
      prefix,
      nodeOptions,
    });
    return new RunningWeft(server, profileFolder !== undefined);
  },
};

/** A running product, with what only its own workloads ask for. */
export class RunningWeft implements RunningServer {
  readonly process: ServerProcess;
  readonly #isProfiled: boolean;
  #cookie: string | undefined;

  constructor(server: ServerProcess, isProfiled = false) {
    this.process = server;
    this.#isProfiled = isProfiled;
  }

  get pid(): number {
    return this.process.pid;
  }

  get dataFolder(): string {
    return this.process.dataFolder;
  }

  async createDocument(text: string): Promise<string> {
    this.#cookie ??= await this.#enter();
    const response = await fetch(`${this.process.url}/api/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.#cookie },
      body: JSON.stringify({ title: 'Benchmark', linkAccess: 'edit', ...(text === '' ? {} : { content: text }) }),
    });
    if (!response.ok) throw new Error(`A document was refused: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  }

  async connect(documentId: string, arrivals: Arrivals, options?: ConnectOptions): Promise<WeftClient> {
    return new WeftClient(this.process.socketUrl(documentId), arrivals, options).joined();
  }

  async read(documentId: string, version?: number): Promise<Holding> {
    const at = version === undefined ? '' : `?version=${version}`;
    const response = await fetch(`${this.process.url}/api/documents/${documentId}/content${at}`);
    if (!response.ok) throw new Error(`The text was refused: ${response.status}`);
    return { version: Number(response.headers.get('weft-version')), text: await response.text() };
  }

  verify(documentId: string, sent: Sent): Promise<void> {
    return verifyHistory(this.process.url, documentId, sent);
  }

  restart(): Promise<void> {
    return this.process.restart();
  }

  /** Bytes in the data folder while no server runs, when everything is in its place. */
  async sizeAtRest(): Promise<number> {
    await this.process.stop();
    const size = folderSize(this.dataFolder);
    await this.process.start();
    return size;
  }

  /** The same after `weft compact`. */
  async sizeCompacted(): Promise<number> {
    await this.process.stop();
    execFileSync(process.execPath, [MAIN, 'compact', '--data', this.dataFolder], { stdio: 'ignore' });
    return this.sizeAtRest();
  }

  async dispose(): Promise<void> {
    // A profile is written at a polite end.
    if (this.#isProfiled) await this.process.stop();
    await this.process.dispose();
  }

  async #enter(): Promise<string> {
    const response = await fetch(`${this.process.url}/api/session`, { method: 'POST' });
    return response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  }
}
