import type { Clock } from '../../shared/clock.ts';
import type { Requester } from '../access/identity.ts';
import { RefusalError } from '../base/refusal.ts';
import { RateByKey } from './rate-by-key.ts';

/** Seconds. */
const MINUTE = 60;
const DAY = 86_400;

/** How much may be written. Settings. */
export interface WriteRateLimits {
  /** Documents that one user creates. */
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
  /** The network they came from. It is the key of a request without a credential. */
  readonly source: string;
  /** The network that all its guests count for; undefined if they count for none. */
  readonly network: string | undefined;
  /** The id of their socket, if they have one. It is the key of a socket without a credential. */
  readonly session?: string | undefined;
}

/**
 * Limits what is written to the disk, by user, or by network for visitors without a credential. Sessions are free to make, so a network
 * also has generous limits on its new guests and on what all its guests write. Users named by a token are the host application's
 * responsibility.
 */
export class WriteRates {
  readonly #documents: RateByKey;
  readonly #guests: RateByKey;
  readonly #bytes: RateByKey;
  readonly #networkBytes: RateByKey;

  constructor(limits: WriteRateLimits, clock: Clock) {
    this.#documents = RateByKey.within(limits.documentsPerMinute, MINUTE, clock);
    this.#guests = RateByKey.within(limits.guestsPerMinute, MINUTE, clock);
    this.#bytes = RateByKey.within(limits.bytesPerMinute, MINUTE, clock);
    this.#networkBytes = RateByKey.within(limits.networkBytesPerDay, DAY, clock);
  }

  /** Counts a new document. Throws RefusalError `rate_limited`. */
  makeDocument(origin: Origin): void {
    refuseFor(this.#documents.take(writerOf(origin)), 'These are too many new documents');
  }

  /** Counts a new guest. Throws RefusalError `rate_limited`. */
  admitGuest(network: string | undefined): void {
    refuseFor(this.#guests.take(network), 'Too many come from your network');
  }

  /** Counts bytes of text. Throws RefusalError `rate_limited`. */
  write(origin: Origin, bytes: number): void {
    refuseFor(this.waitFor(origin, bytes), 'This is too much text in a short time');
  }

  /** Counts bytes of text. Returns 0, or the milliseconds to wait if they are too many; then nothing is counted. */
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
