import type { Stopwatch } from '../../../shared/clock.ts';
import type { ErrorCode } from '../../../shared/protocol/errors.ts';
import type { DocumentInit } from '../../../shared/protocol/document-messages.ts';

/** How a `join` was answered: with the missed changes (`sync`), or with the whole text and why. */
export type JoinAnswer = 'sync' | DocumentInit['reason'];

/** Counts since the server started. Plain numbers, because some of them change with every message. */
export class RoomCounters {
  readonly #clock: Stopwatch;
  connections = 0;
  receivedMessages = 0;
  receivedBytes = 0;
  sentMessages = 0;
  sentBytes = 0;
  submissions = 0;
  acknowledgements = 0;
  failedCommits = 0;
  /** Connections that were closed at once, because too many were open. */
  droppedConnections = 0;
  /** Connections that were ended because they read their answers too slowly. */
  slowHttpReaders = 0;
  readonly refusals = new Map<ErrorCode, number>();
  /** Ended connections by close code. */
  readonly closes = new Map<number, number>();
  readonly joins = new Map<JoinAnswer, number>();
  /** Upgrades that were refused, by reason. */
  readonly failedHandshakes = new Map<string, number>();
  /** Called after every commit, with its duration in seconds and the number of changes that it made durable. */
  onCommit: (seconds: number, changes: number) => void = () => undefined;

  constructor(clock: Stopwatch) {
    this.#clock = clock;
  }

  /** Runs a commit of `changes` changes, and counts it. */
  async commit<T>(changes: number, run: () => Promise<T>): Promise<T> {
    const start = this.#clock.monotonic();
    try {
      const result = await run();
      this.onCommit((this.#clock.monotonic() - start) / 1000, changes);
      return result;
    } catch (error) {
      this.failedCommits += 1;
      throw error;
    }
  }
}

/** Adds one to the count of a kind. */
export function countIn<K>(counts: Map<K, number>, kind: K): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}
