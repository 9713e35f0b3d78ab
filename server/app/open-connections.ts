import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Connections and answers that are not closed yet, including upgraded and refused ones, which Node does not track. */
export class OpenConnections {
  readonly #open = new Set<Duplex | ServerResponse>();

  /** Until it closes. */
  add(connection: Duplex | ServerResponse): void {
    this.#open.add(connection);
    connection.once('close', () => this.#open.delete(connection));
  }

  /** Destroys those that are still open. */
  destroy(): void {
    for (const connection of this.#open) connection.destroy();
  }
}
