import { DocumentSession } from '../../shared/client/document-session.ts';
import type { Transport } from '../../shared/client/transport/transport.ts';
import type { Edit } from '../../shared/text/edit.ts';
import { Gate } from './gate.ts';

/**
 * One author of a concurrent trace at a real session, who sees of the other no more than the trace allows. The engine sends
 * several transactions as one change where they wait together, so a little more than allowed may come along with what is due.
 */
export class Typist {
  readonly session: DocumentSession;
  /** Transactions typed so far. */
  typed = 0;
  /** Transactions of the other that this one has received. */
  received = 0;
  readonly #gate: Gate;
  readonly #onProgress: () => void;
  /** By seq - 1: how many transactions had been typed when that submission left. */
  readonly #sentThrough: number[] = [];
  #other: Typist | undefined;
  #changesSeen = 0;
  #hasNews = true;
  #allowance = 0;
  /** Own transactions that somebody waits for: until they have left, nothing is kept back. */
  #urgent = 0;

  constructor(name: string, transport: Transport, onProgress: () => void) {
    this.#onProgress = onProgress;
    this.#gate = new Gate(transport, {
      mayPass: () => this.received < this.#allowance || this.sent < this.#urgent,
      onUpdate: () => {
        this.#changesSeen += 1;
        this.received = this.#other!.#sentThrough[this.#changesSeen - 1]!;
        this.#onProgress();
      },
      onSubmit: (seq) => {
        this.#sentThrough[seq - 1] ??= this.typed;
        this.#onProgress();
      },
    });
    this.session = new DocumentSession({ transport: this.#gate, name });
    this.session.on('status', () => this.#countUnsent());
    this.session.on('change', ({ origin }) => {
      if (origin !== 'local') this.#hasNews = true;
      this.#countUnsent();
    });
  }

  /** Whether the session's text changed by somebody else's hand since this was last asked. */
  takeNews(): boolean {
    const hadNews = this.#hasNews;
    this.#hasNews = false;
    return hadNews;
  }

  /** Types a transaction. */
  type(edit: Edit): void {
    this.typed += 1;
    if (edit.length > 0) this.session.edit(edit);
    this.#countUnsent();
  }

  /** How many own transactions have left for the server. */
  get sent(): number {
    return this.#sentThrough.at(-1) ?? 0;
  }

  meet(other: Typist): void {
    this.#other = other;
  }

  /** Lets this one see the other's transactions up to a count, and has the other send them. */
  expect(count: number): void {
    if (count <= this.received) return;
    this.#allowance = Math.max(this.#allowance, count);
    this.#other!.#urgent = Math.max(this.#other!.#urgent, Math.min(count, this.#other!.typed));
    this.#gate.flow();
    this.#other!.#gate.flow();
  }

  /**
   * Where nothing is unsent, what was typed since the last submission has cancelled out (typed and deleted again, or deleted
   * by the other already): no submission will come of it, so it counts as part of the last one.
   */
  #countUnsent(): void {
    if (this.session.unsaved > 0 || this.sent >= this.typed || this.#sentThrough.length === 0) return;
    this.#sentThrough[this.#sentThrough.length - 1] = this.typed;
    if (this.#other!.#changesSeen === this.#sentThrough.length) this.#other!.received = this.typed;
    this.#onProgress();
  }
}
