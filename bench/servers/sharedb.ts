import { ShareDbClient } from '../load/sharedb-client.ts';
import type {
  Arrivals,
  ConnectOptions,
  Holding,
  LoadClient,
  RunningServer,
  ServerAdapter,
} from '../server-under-test.ts';
import { PeerProcess } from './peer-process.ts';

/** ShareDB with ot-text-unicode and its memory database. */
export const shareDb: ServerAdapter = {
  name: 'sharedb',
  isDurable: false,
  isOrdered: true,
  inFlight: 1,
  start: async (options) => new RunningShareDb(await PeerProcess.start('sharedb', options)),
};

class RunningShareDb implements RunningServer {
  readonly dataFolder = undefined;
  readonly #process: PeerProcess;

  constructor(process: PeerProcess) {
    this.#process = process;
  }

  get pid(): number {
    return this.#process.pid;
  }

  createDocument(text: string): Promise<string> {
    return this.#process.create(text);
  }

  async connect(documentId: string, arrivals: Arrivals, options?: ConnectOptions): Promise<LoadClient> {
    return new ShareDbClient(this.#process.socketUrl(documentId), documentId, arrivals, options).joined();
  }

  async read(documentId: string): Promise<Holding> {
    const { version = NaN, text } = await this.#process.read(documentId);
    return { version, text };
  }

  restart(): Promise<void> {
    throw new Error('Its memory database does not remember');
  }

  dispose(): Promise<void> {
    return this.#process.dispose();
  }
}
