import type { Arrivals } from '../server-under-test.ts';

/** Changes of one document that may be under way at once; a power of two. */
const PLACES = 1 << 16;
const MASK = PLACES - 1;

export interface TrackerOptions {
  /** How many clients have the document open; a change is everywhere once all of them have it, its author by the acknowledgement. */
  readonly clients: number;
  /** The place from which on changes are counted: the version at the start. */
  readonly from: number;
  /** Places come in their order to everybody, so that having one means having those before it. */
  readonly isOrdered: boolean;
  /** Keep the time of every single arrival, not only of the last. */
  readonly eachArrival?: boolean;
  /** A change of this client is acknowledged and has reached everybody; without a time where nobody could see it arrive. */
  readonly onEverywhere: (author: number, sentAt: number | undefined, arrivals: Float64Array | undefined) => void;
  readonly onFailed: (reason: string) => void;
}

/** Counts for one document to how many of its clients each change has come. Times are those of `performance.now()`. */
export class DeliveryTracker {
  readonly #options: TrackerOptions;
  readonly #counts = new Int32Array(PLACES);
  readonly #authors = new Int32Array(PLACES).fill(-1);
  readonly #sentAt = new Float64Array(PLACES);
  /** By client: when its changes under way were sent, or were to be sent. */
  readonly #underWay: number[][];
  readonly #reached: Float64Array;
  readonly #arrivals = new Map<number, number[]>();
  everywhere = 0;

  constructor(options: TrackerOptions) {
    this.#options = options;
    this.#underWay = Array.from({ length: options.clients }, () => []);
    this.#reached = new Float64Array(options.clients).fill(options.from);
  }

  /** Notes that a client sends a change, or was to send it then. */
  sent(client: number, at = performance.now()): void {
    this.#underWay[client]!.push(at);
  }

  /** Changes that were sent and are not acknowledged. */
  get unacknowledged(): number {
    return this.#underWay.reduce((sum, times) => sum + times.length, 0);
  }

  /** What the load client with this number tells. */
  arrivalsOf(client: number): Arrivals {
    return {
      acknowledged: (place) => {
        const sentAt = this.#underWay[client]!.shift();
        if (sentAt === undefined)
          return this.#options.onFailed(`Client ${client} got an answer that it had not asked for`);
        this.#authors[place & MASK] = client;
        this.#sentAt[place & MASK] = sentAt;
        if (this.#options.isOrdered) this.#upTo(client, place);
        else this.#count(place);
      },
      upTo: (place) => this.#upTo(client, place),
      one: (place) => this.#count(place),
      untraceable: () => {
        this.#underWay[client]!.pop();
        this.everywhere += 1;
        this.#options.onEverywhere(client, undefined, undefined);
      },
      failed: this.#options.onFailed,
    };
  }

  #upTo(client: number, place: number): void {
    const from = this.#reached[client]!;
    if (place <= from) return;
    this.#reached[client] = place;
    for (let each = from + 1; each <= place; each += 1) this.#count(each);
  }

  #count(place: number): void {
    const slot = place & MASK;
    const count = (this.#counts[slot] = this.#counts[slot]! + 1);
    if (this.#options.eachArrival === true) this.#keepArrival(place);
    if (count < this.#options.clients) return;
    const author = this.#authors[slot]!;
    this.#counts[slot] = 0;
    this.#authors[slot] = -1;
    if (author < 0) return this.#options.onFailed(`The change at ${place} has come to all, but nobody sent it`);
    this.everywhere += 1;
    const times = this.#arrivals.get(place);
    this.#arrivals.delete(place);
    this.#options.onEverywhere(author, this.#sentAt[slot], times && Float64Array.from(times));
  }

  #keepArrival(place: number): void {
    const times = this.#arrivals.get(place);
    if (times === undefined) this.#arrivals.set(place, [performance.now()]);
    else times.push(performance.now());
  }
}
