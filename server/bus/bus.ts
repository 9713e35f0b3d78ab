/** A hint to the other nodes that have the same document open. The log is the truth; gaps are read from it. */
export interface BusMessage {
  /** The sender; nodes ignore their own messages. */
  readonly node: string;
  /** The newest version of the document. */
  readonly version: number;
  /** Who may do what has changed. */
  readonly access?: true;
}

/** Carries hints between nodes. Messages may be lost, doubled or late. */
export interface Bus {
  publish(documentId: string, message: BusMessage): void;
  /** Returns the function that ends the subscription. */
  subscribe(documentId: string, handler: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}

/** The bus of a single process. */
export class InProcessBus implements Bus {
  readonly #handlers = new Map<string, Set<(message: BusMessage) => void>>();

  publish(documentId: string, message: BusMessage): void {
    for (const handler of this.#handlers.get(documentId) ?? []) handler(message);
  }

  subscribe(documentId: string, handler: (message: BusMessage) => void): () => void {
    const handlers = this.#handlers.get(documentId) ?? new Set();
    handlers.add(handler);
    this.#handlers.set(documentId, handlers);
    return () => {
      handlers.delete(handler);
      if (handlers.size === 0) this.#handlers.delete(documentId);
    };
  }

  close(): Promise<void> {
    this.#handlers.clear();
    return Promise.resolve();
  }
}
