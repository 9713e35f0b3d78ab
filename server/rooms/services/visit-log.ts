import { within, type Clock } from '../../../shared/clock.ts';
import type { BackgroundJobs } from '../../base/background-jobs.ts';
import type { Visit, VisitCatalogue } from '../../stores/visit-catalogue.ts';

/** Milliseconds for which visits are gathered. */
const GATHER = 1000;
/** Visits that are written together: about a millisecond of the store's thread. */
const TOGETHER = 100;

/** Writes down who has seen what, some time later and in few writes, so that no edit waits for it. What a crash takes is seen anew. */
export class VisitLog {
  readonly #catalogue: Pick<VisitCatalogue, 'saveVisits'>;
  readonly #clock: Clock;
  readonly #jobs: BackgroundJobs;
  /** By document and user. */
  #waiting = new Map<string, Visit>();
  #cancel: (() => void) | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(catalogue: Pick<VisitCatalogue, 'saveVisits'>, clock: Clock, jobs: BackgroundJobs) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#jobs = jobs;
    jobs.announce('visits');
  }

  /** Somebody sees a version now. */
  note(visit: Omit<Visit, 'seenAt'>): void {
    this.#waiting.set(`${visit.documentId} ${visit.user.id}`, { ...visit, seenAt: this.#clock.now() });
    this.#cancel ??= this.#clock.after(GATHER, () => this.#write());
  }

  /** Writes what waits; resolves once that is done, or after `milliseconds`. */
  async finish(milliseconds: number): Promise<void> {
    this.#cancel?.();
    this.#write();
    await within(this.#clock, milliseconds, this.#writing);
  }

  #write(): void {
    this.#cancel = undefined;
    const visits = [...this.#waiting.values()];
    this.#waiting = new Map();
    if (visits.length > 0) this.#writing = this.#writing.then(() => this.#jobs.run('visits', () => this.#save(visits)));
  }

  async #save(visits: readonly Visit[]): Promise<void> {
    for (let from = 0; from < visits.length; from += TOGETHER) {
      await this.#catalogue.saveVisits(visits.slice(from, from + TOGETHER));
    }
  }
}
