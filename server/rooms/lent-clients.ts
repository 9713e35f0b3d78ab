/** The clients of one user, by number. */
interface Numbers {
  /** Not lent now. */
  readonly free: number[];
  /** The number of the next client to make. */
  next: number;
}

/** A client for one submission. */
export interface LentClient {
  readonly clientId: string;
  /** Call it once it is certain whether the submission was committed, and only then. */
  readonly giveBack: () => void;
}

/**
 * Clients for submissions that come without a clientId. They are reused, also after a restart, so that each author has no more rows
 * of clients in a document than submissions under way at once. None has two submissions under way, so that one of unknown outcome
 * is recognised when it is repeated. Their ids are invalid in the protocol, so nobody else can use them.
 */
export class LentClients {
  readonly #node: string;
  readonly #byUser = new Map<string, Numbers>();

  /** For one open document. `node` is part of the ids, so that nodes do not share clients. */
  constructor(node: string) {
    this.#node = node;
  }

  /** A client of that user that no other submission uses now. */
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
