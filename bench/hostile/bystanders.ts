import { setTimeout } from 'node:timers/promises';
import { Audience } from '../load/audience.ts';
import { keepPace } from '../load/pace.ts';
import { STEADY_INSERT_PERCENT, START_LENGTH, startText, Typist } from '../load/typist.ts';
import { quantile } from '../measure/statistics.ts';
import type { RunningServer } from '../server-under-test.ts';
import type { Cell } from '../workloads/workload.ts';

const WRITERS = 4;
const PER_SECOND = 20;
/** Milliseconds between two requests for the front page. */
const VISIT_EVERY = 100;

/** How long others waited, in milliseconds. */
export interface Waits {
  /** From key to everybody. */
  readonly p99: number;
  /** The longest of those, and of the visits to the front page. */
  readonly longest: number;
}

/** People who have nothing to do with an attack: four type in a document of their own, and one visits the front page. */
export class Bystanders {
  readonly #audience: Audience;
  readonly #cell: Cell;
  readonly #url: string;
  readonly #typists: readonly Typist[];
  readonly #delays: number[];
  #seed = 0;

  private constructor(cell: Cell, url: string, audience: Audience, delays: number[]) {
    this.#cell = cell;
    this.#url = url;
    this.#audience = audience;
    this.#delays = delays;
    this.#typists = Array.from({ length: WRITERS }, (_, hand) => {
      return new Typist(hand, START_LENGTH, STEADY_INSERT_PERCENT);
    });
  }

  static async gather(cell: Cell, server: RunningServer, url: string): Promise<Bystanders> {
    const delays: number[] = [];
    const audience = await Audience.gather(cell, server, startText(), {
      clients: WRITERS,
      onEverywhere: (_author, sentAt) => void (sentAt !== undefined && delays.push(performance.now() - sentAt)),
    });
    return new Bystanders(cell, url, audience, delays);
  }

  /** Goes on for so many seconds, or as long as it takes for `until` to be settled; tells how long everybody waited. */
  async act(seconds: number, until?: Promise<unknown>): Promise<Waits> {
    this.#delays.length = 0;
    const visits: number[] = [];
    let isOver = false;
    const visiting = this.#visit(visits, () => isOver);
    let isSettled = until === undefined;
    until?.finally(() => (isSettled = true)).catch(() => undefined);
    do {
      this.#seed += 1;
      const rhythm = { clients: WRITERS, perSecond: PER_SECOND, seconds, seed: this.#seed };
      await this.#cell.settle(
        keepPace(rhythm, (writer, dueAt) => this.#audience.submit(writer, this.#typists[writer]!.next(), dueAt)),
      );
    } while (!isSettled);
    await this.#audience.quiet();
    isOver = true;
    await visiting;
    return { p99: quantile(this.#delays, 0.99), longest: Math.max(...this.#delays, ...visits) };
  }

  /** Throws unless the server has exactly what they typed. */
  verify(): Promise<void> {
    return this.#audience.verify();
  }

  /** Everybody goes home. */
  leave(): void {
    for (const client of this.#audience.clients) client.cut();
  }

  async #visit(visits: number[], isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const begun = performance.now();
      await (await fetch(this.#url)).text();
      visits.push(performance.now() - begun);
      await setTimeout(VISIT_EVERY);
    }
  }
}
