import type { RunningServer } from '../server-under-test.ts';
import type { Cell } from '../workloads/workload.ts';
import { Audience } from './audience.ts';
import { Typist } from './typist.ts';

/** Writers of one document, each of whom sends a keystroke when their last one is acknowledged and has reached everybody. */
export class ClosedLoop {
  readonly audience: Audience;
  /** Milliseconds until each change had reached the slowest, since this was last emptied. */
  latencies: number[] = [];
  readonly #typists: readonly Typist[];
  #left = Infinity;

  private constructor(audience: Audience, typists: readonly Typist[]) {
    this.audience = audience;
    this.#typists = typists;
  }

  /** Makes a document and joins all writers. */
  static async gather(cell: Cell, server: RunningServer, text: string, writers: number): Promise<ClosedLoop> {
    const typists = Array.from({ length: writers }, (_, index) => new Typist(index + 1, text.length));
    return ClosedLoop.join(cell, server, await server.createDocument(text), typists);
  }

  /** Joins all writers to a document. */
  static async join(
    cell: Cell,
    server: RunningServer,
    documentId: string,
    typists: readonly Typist[],
  ): Promise<ClosedLoop> {
    const audience = await Audience.join(cell, server, documentId, {
      clients: typists.length,
      onEverywhere: (author, sentAt) => {
        if (sentAt !== undefined) loop.latencies.push(performance.now() - sentAt);
        loop.#next(author);
      },
    });
    const loop: ClosedLoop = new ClosedLoop(audience, typists);
    return loop;
  }

  /** Has everybody begin; they go on until `stop`, or until so many changes are sent. */
  start(changes = Infinity): void {
    this.#left = changes;
    this.#typists.forEach((_, writer) => this.#next(writer));
  }

  /** Lets what is under way arrive, and no more be sent. */
  async stop(): Promise<void> {
    this.#left = 0;
    await this.audience.quiet();
  }

  #next(writer: number): void {
    if (this.#left <= 0) return;
    this.#left -= 1;
    this.audience.submit(writer, this.#typists[writer]!.next());
  }
}
