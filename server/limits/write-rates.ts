import type { Clock } from '../../shared/clock.ts';
import { RateByKey } from './rate-by-key.ts';
import { RefusalError } from '../base/refusal.ts';
import type { Requester } from '../access/requester.ts';

/** Seconds. */
const MINUTE = 60;
const DAY = 86_400;

/** How much may be written. Settings. */
export interface WriteRateLimits {
  /** Documents that one user makes. */
  readonly documentsPerMinute: number;
  /** New guests from one network. */
  readonly guestsPerMinute: number;
  /** Bytes that one user writes. */
  readonly bytesPerMinute: number;
  /** Bytes that all guests of one network write. */
  readonly networkBytesPerDay: number;
}

/** Who writes, and from where. */
export interface Origin {
  /** Undefined for a visitor without a credential, who is somebody new each time. */
  readonly requester: Requester | undefined;
  /** The network they came from: without a credential and a socket it is what is counted. */
  readonly source: string;
  /** The network that all its guests count for; undefined where they count for none. */
  readonly network: string | undefined;
  /** The name of their socket, where they have one: without a credential it is what is counted. */
  readonly session?: string | undefined;
}

/**
 * Bounds what is written to the disk: by each user, and by each network where they came without a credential, which costs nothing.
 * Sessions cost nothing either, so networks are bounded too, generously, for how many guests they bring and how much those write;
 * whom a token names, the host application answers for.
 */
export class WriteRates {
  readonly #documents: RateByKey;
  readonly #guests: RateByKey;
  readonly #bytes: RateByKey;
  readonly #networkBytes: RateByKey;

  constructor(limits: WriteRateLimits, clock: Clock) {
    const within = (amount: number, seconds: number): RateByKey => new RateByKey(amount, amount / seconds, clock);
    this.#documents = within(limits.documentsPerMinute, MINUTE);
    this.#guests = within(limits.guestsPerMinute, MINUTE);
    this.#bytes = within(limits.bytesPerMinute, MINUTE);
    this.#networkBytes = within(limits.networkBytesPerDay, DAY);
  }

  /** Counts a document that is made. Throws RefusalError `rate_limited`. */
  makeDocument(origin: Origin): void {
    refuseFor(this.#documents.take(writerOf(origin)), 'These are too many new documents');
  }

  /** Counts a guest who was not here before. Throws RefusalError `rate_limited`. */
  admitGuest(network: string | undefined): void {
    refuseFor(this.#guests.take(network), 'Too many come from your network');
  }

  /** Counts bytes of text. Throws RefusalError `rate_limited`. */
  write(origin: Origin, bytes: number): void {
    refuseFor(this.waitFor(origin, bytes), 'This is too much text in a short time');
  }

  /** Counts bytes of text; returns 0, or the milliseconds to wait where they are too many, and then nothing is counted. */
  waitFor(origin: Origin, bytes: number): number {
    const { requester, network } = origin;
    const wait = this.#bytes.take(writerOf(origin), bytes);
    if (wait > 0 || requester?.token !== undefined) return wait;
    return this.#networkBytes.take(network, bytes);
  }
}

function writerOf({ requester, source, session }: Origin): string {
  if (requester !== undefined) return `user ${requester.id}`;
  return session === undefined ? `network ${source}` : `session ${session}`;
}

function refuseFor(wait: number, message: string): void {
  if (wait > 0) throw new RefusalError('rate_limited', message, wait);
}
