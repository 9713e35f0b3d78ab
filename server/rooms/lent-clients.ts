interface Numbers {
  readonly free: number[];
  next: number;
}

/** A client for one submission. */
export interface LentClient {
  readonly clientId: string;
  /** Call it once what became of the submission is known for certain, and then only. */
  readonly giveBack: () => void;
}

/**
 * Clients for submissions that come without one. The same few serve an author again and again, also after a restart, so that a
 * document has no more rows of clients than one author ever had submissions under way at once. None has two under way, so that
 * one of unknown outcome is recognised like that of any client. Their ids are none that the protocol allows anybody to say.
 */
export class LentClients {
  readonly #node: string;
  readonly #byUser = new Map<string, Numbers>();

  /** For one open document; `node` keeps its ids apart from those that other nodes lend. */
  constructor(node: string) {
    this.#node = node;
  }

  /** A client of that user which no other submission has. */
  lend(userId: string): LentClient {
    const numbers = this.#byUser.get(userId) ?? { free: [], next: 0 };
    this.#byUser.set(userId, numbers);
    const number = numbers.free.pop() ?? numbers.next++;
    const giveBack = (): void => {
      numbers.free.push(number);
      if (numbers.free.length === numbers.next) this.#byUser.delete(userId);
    };
    return { clientId: `http ${this.#node} ${number} ${userId}`, giveBack };
  }
}
