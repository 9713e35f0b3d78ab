import { setImmediate } from 'node:timers/promises';
import type { Operation } from '../../shared/text/operation.ts';
import type { LoadClient, RunningServer } from '../server-under-test.ts';
import type { Cell } from '../workloads/workload.ts';
import { inGroups } from './in-groups.ts';
import { DeliveryTracker, type TrackerOptions } from './delivery-tracker.ts';

/** Handshakes at a time. */
const AT_ONCE = 100;

export type AudienceOptions = Pick<TrackerOptions, 'clients' | 'eachArrival' | 'onEverywhere'>;

/** The clients that have one document open. */
export class Audience {
  readonly documentId: string;
  /** All of them, once they have joined. */
  clients: readonly LoadClient[] = [];
  readonly #server: RunningServer;
  readonly #cell: Cell;
  readonly #tracker: DeliveryTracker;
  readonly #from: number;
  #sent = 0;
  #insertedUnits = 0;

  private constructor(cell: Cell, server: RunningServer, documentId: string, from: number, options: AudienceOptions) {
    this.#cell = cell;
    this.#server = server;
    this.#from = from;
    this.documentId = documentId;
    this.#tracker = new DeliveryTracker({
      ...options,
      from,
      isOrdered: cell.adapter.isOrdered,
      onFailed: (reason) => cell.fail(reason),
    });
  }

  /** Makes a document, and has all clients join it. */
  static async gather(cell: Cell, server: RunningServer, text: string, options: AudienceOptions): Promise<Audience> {
    return Audience.join(cell, server, await server.createDocument(text), options);
  }

  /** Has all clients join a document. */
  static async join(
    cell: Cell,
    server: RunningServer,
    documentId: string,
    options: AudienceOptions,
  ): Promise<Audience> {
    const { version } = await server.read(documentId);
    const audience = new Audience(cell, server, documentId, version, options);
    await audience.#connect(options.clients);
    return audience;
  }

  /** Changes that have reached everybody. */
  get everywhere(): number {
    return this.#tracker.everywhere;
  }

  /** Sends a change, or did so at the time it was due. */
  submit(client: number, operation: Operation, dueAt?: number): void {
    this.#sent += 1;
    if (operation.type !== 'delete') this.#insertedUnits += operation.text.length;
    this.#tracker.sent(client, dueAt);
    this.clients[client]!.submit([operation]);
  }

  /** Resolves once everything that was sent has reached everybody. */
  async quiet(): Promise<void> {
    const isQuiet = async (): Promise<void> => {
      while (this.everywhere < this.#sent) await setImmediate();
    };
    await this.#cell.settle(isQuiet());
  }

  /** Waits for the end, and throws unless the server holds exactly what was sent. */
  async verify(): Promise<void> {
    await this.quiet();
    const { version } = await this.#server.read(this.documentId);
    if (version - this.#from !== this.#sent) {
      throw new Error(`${this.#sent} changes were sent, ${version - this.#from} are there`);
    }
    await this.#server.verify?.(this.documentId, { changes: this.#sent, insertedUnits: this.#insertedUnits });
  }

  async #connect(count: number): Promise<void> {
    const connect = (client: number): Promise<LoadClient> =>
      this.#server.connect(this.documentId, this.#tracker.arrivalsOf(client));
    this.clients = await this.#cell.settle(inGroups(count, AT_ONCE, connect));
  }
}
