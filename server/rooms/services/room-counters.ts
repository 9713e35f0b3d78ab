import type { Stopwatch } from '../../../shared/clock.ts';
import type { ErrorCode } from '../../../shared/protocol/errors.ts';
import type { DocumentInit } from '../../../shared/protocol/document-messages.ts';

/** How a `join` was answered: a text for a new client, the missed changes, or a text because they cannot be told. */
export type JoinAnswer = 'sync' | DocumentInit['reason'];

/** What is counted since the server started. Plain numbers, because some of them change with every message. */
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
  /** Connections that were closed at once, because as many were open as may be. */
  droppedConnections = 0;
  /** Connections that were ended because they read their answers too slowly. */
  slowHttpReaders = 0;
  readonly refusals = new Map<ErrorCode, number>();
  /** Ended connections by close code. */
  readonly closes = new Map<number, number>();
  readonly joins = new Map<JoinAnswer, number>();
  /** Upgrades that were refused, by reason. */
  readonly failedHandshakes = new Map<string, number>();
  /** Told of every commit: how many seconds it took, and how many changes it made durable. */
  onCommit: (seconds: number, changes: number) => void = () => undefined;

  constructor(clock: Stopwatch) {
    this.#clock = clock;
  }

  /** Commits, and counts it. */
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

/** One more of a kind. */
export function countIn<K>(counts: Map<K, number>, kind: K): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}
