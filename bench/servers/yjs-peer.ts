import { setTimeout } from 'node:timers/promises';
import { YjsClient } from '../load/yjs-client.ts';
import { YjsDocument } from '../load/yjs-document.ts';
import { loadYjs } from '../load/yjs-library.ts';
import type { Arrivals, ConnectOptions, Holding, LoadClient, RunningServer } from '../server-under-test.ts';
import type { PeerProcess } from './peer-process.ts';

/** Milliseconds that deletions, whose arrival nobody sees, may still take in the end. */
const PATIENCE = 10_000;
/** Milliseconds between two looks. */
const POLL = 50;

/** A running server of Yjs documents. */
export class YjsPeer implements RunningServer {
  readonly dataFolder: string | undefined;
  readonly #process: PeerProcess;
  readonly #isHocuspocus: boolean;
  readonly #documents = new Map<string, YjsDocument>();

  constructor(process: PeerProcess, { isHocuspocus }: { readonly isHocuspocus: boolean }) {
    this.#process = process;
    this.#isHocuspocus = isHocuspocus;
    this.dataFolder = isHocuspocus ? process.dataFolder : undefined;
  }

  get pid(): number {
    return this.#process.pid;
  }

  async createDocument(text: string): Promise<string> {
    const id = await this.#process.create(text);
    this.#documents.set(id, new YjsDocument(id, loadYjs()));
    return id;
  }

  async connect(documentId: string, arrivals: Arrivals, options: ConnectOptions = {}): Promise<LoadClient> {
    const client = new YjsClient(this.#process.socketUrl(documentId), this.#document(documentId), arrivals, {
      ...options,
      isHocuspocus: this.#isHocuspocus,
    });
    return client.joined();
  }

  /** Changes have no numbers here: their count is only told where the server's text is the one that all of them make together. */
  async read(documentId: string): Promise<Holding> {
    const { changes, text: expected } = this.#document(documentId);
    for (const end = performance.now() + PATIENCE; performance.now() < end; await setTimeout(POLL)) {
      const { text } = await this.#process.read(documentId);
      if (expected === undefined || text === expected) return { version: changes, text };
    }
    throw new Error('The server does not hold what its clients typed');
  }

  restart(): Promise<void> {
    if (!this.#isHocuspocus) throw new Error('It keeps documents in memory');
    return this.#process.restart();
  }

  dispose(): Promise<void> {
    return this.#process.dispose();
  }

  #document(id: string): YjsDocument {
    const document = this.#documents.get(id);
    if (document === undefined) throw new Error(`There is no document ${id}`);
    return document;
  }
}
