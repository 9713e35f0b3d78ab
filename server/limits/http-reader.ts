import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How fast a reader must read. Settings. */
export interface ReadingLimits {
  /** Milliseconds over which the rate is measured. */
  readonly patience: number;
  /** Bytes per second, on average over that time. */
  readonly bytesPerSecond: number;
}

/** A connection that waits for answers, and how far it has read them. */
export class HttpReader {
  readonly socket: Socket;
  /** The network that it counts for. */
  readonly network: string | undefined;
  /** The answer to the newest request, while any answer has not left. */
  newest: ServerResponse | undefined;
  #unanswered = 0;
  /** Since when something has been waiting without a break, and the bytes that had left by then. */
  #since: number | undefined;
  #leftBefore = 0;

  constructor(socket: Socket, network: string | undefined) {
    this.socket = socket;
    this.network = network;
  }

  /** Requests whose answers have not left. */
  get unanswered(): number {
    return this.#unanswered;
  }

  asked(answer: ServerResponse): void {
    this.#unanswered += 1;
    this.newest = answer;
  }

  answered(): void {
    this.#unanswered -= 1;
    if (this.#unanswered === 0) this.newest = undefined;
  }

  /** Whether too little has left. To be called about every second. */
  isTooSlow(now: number, { patience, bytesPerSecond }: ReadingLimits): boolean {
    // `bytesWritten` includes what still waits in `writableLength`.
    const { bytesWritten, writableLength } = this.socket;
    const left = bytesWritten - writableLength;
    if (writableLength === 0 || this.#since === undefined) {
      this.#since = writableLength === 0 ? undefined : now;
      this.#leftBefore = left;
      return false;
    }
    const time = now - this.#since;
    if (time < patience) return false;
    if (left - this.#leftBefore < (bytesPerSecond * time) / 1000) return true;
    this.#since = now;
    this.#leftBefore = left;
    return false;
  }
}
