import type { Limits, SubmitMessage } from '../../protocol/document-messages.ts';
import { submissionOperations } from '../../text/operation.ts';
import type { LocalDocument } from '../document/local-document.ts';
import type { OutboxWriter } from '../outbox/outbox-writer.ts';
import { reconnectDelay } from './reconnect.ts';
import type { RefusalReason } from '../events/session-status.ts';
import type { Clock, Random } from '../transport/transport.ts';

/** A refusal for size is mended by halving; below this share a submission is as small as it can be. */
const SMALLEST_SHARE = 1 / 1024;

type State =
  /** Not joined. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'free' }
  /** Waits until the outbox has recorded what will be sent. */
  | { readonly kind: 'recording' }
  | { readonly kind: 'sent'; readonly seq: number }
  /** The server could not take it now; the timer sends it again. */
  | { readonly kind: 'waiting'; readonly cancel: () => void };

/** The way of local edits to the server: one submission at a time, sent as soon as the line is free. */
export class SubmissionQueue {
  readonly #document: LocalDocument;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #send: (message: SubmitMessage) => void;
  #writer: OutboxWriter | undefined;
  #state: State = { kind: 'closed' };
  #limits: Limits | undefined;
  #held: RefusalReason | undefined;
  #failures = 0;
  #share = 1;
  #mustRecut = false;

  constructor(document: LocalDocument, clock: Clock, random: Random, send: (message: SubmitMessage) => void) {
    this.#document = document;
    this.#clock = clock;
    this.#random = random;
    this.#send = send;
  }

  /** Why nothing is submitted now, though the session is joined. */
  get blocked(): RefusalReason | undefined {
    return this.#held;
  }

  /** The seq of the submission that waits for its answer. */
  get sentSeq(): number | undefined {
    return this.#state.kind === 'sent' ? this.#state.seq : undefined;
  }

  /** Submissions are recorded there from now on. */
  recordTo(writer: OutboxWriter): void {
    this.#writer = writer;
  }

  /** Joined: what is in flight goes out again, or the buffer does. */
  open(limits: Limits): void {
    this.close();
    this.#limits = limits;
    if (this.#mustRecut) this.#document.recall();
    this.#mustRecut = false;
    this.#state = { kind: 'free' };
    this.flush();
  }

  close(): void {
    if (this.#state.kind === 'waiting') this.#state.cancel();
    this.#state = { kind: 'closed' };
  }

  /** Sends what there is, where the line is free. */
  flush(): void {
    if (this.#state.kind !== 'free' || this.#held !== undefined || this.#limits === undefined) return;
    const limits = this.#limits;
    const submission = this.#document.takeSubmission(limits, this.#share);
    if (submission === undefined) return;
    const recorded = this.#writer?.beforeSend(this.#document.submissionNumber, submission);
    if (recorded !== undefined) {
      const state: State = { kind: 'recording' };
      this.#state = state;
      void recorded.then(() => {
        if (this.#state !== state) return;
        this.#state = { kind: 'free' };
        // Under another number, or cut anew, it must be recorded again.
        const isSame = this.#document.state.inFlight?.seq === submission.seq;
        if (isSame && !this.#document.thin(limits)) this.#transmit();
        else this.flush();
      });
    } else {
      this.#transmit();
    }
  }

  /** What was sent is durable: the line is free. */
  acknowledged(): void {
    this.#failures = 0;
    this.#share = 1;
    if (this.#state.kind === 'closed') return;
    if (this.#state.kind === 'waiting') this.#state.cancel();
    this.#state = { kind: 'free' };
    this.flush();
  }

  /** The server cannot take it now; the same goes out again later, on this connection. */
  retry(retryAfter = 0): void {
    if (this.#state.kind !== 'sent') return;
    const delay = retryAfter + reconnectDelay(this.#failures, this.#random);
    this.#failures += 1;
    const cancel = this.#clock.after(delay, () => {
      this.#state = { kind: 'free' };
      this.flush();
    });
    this.#state = { kind: 'waiting', cancel };
  }

  /** The server refused what was sent, whole: it is unsent again, and nothing goes out until `release`. */
  block(reason: RefusalReason): void {
    this.#document.recall();
    this.#held = reason;
    if (this.#state.kind === 'waiting') this.#state.cancel();
    if (this.#state.kind !== 'closed') this.#state = { kind: 'free' };
  }

  /** Gives up what was refused and everything else that is unsent; false where nothing was, or some may still be committed. */
  discard(): boolean {
    if (this.#held === undefined || !this.#document.discard()) return false;
    this.unblock();
    return true;
  }

  unblock(): void {
    this.#held = undefined;
    this.flush();
  }

  /**
   * The server closed the connection because a message was too big: the next one is half as big. It never read the message, so
   * what is in flight cannot be committed and may be cut anew.
   */
  shrink(): void {
    if (this.#document.state.inFlight === undefined) return;
    this.#share = Math.max(SMALLEST_SHARE, this.#share / 2);
    this.#mustRecut = true;
  }

  #transmit(): void {
    const { inFlight, confirmed } = this.#document.state;
    if (inFlight === undefined) return;
    this.#state = { kind: 'sent', seq: inFlight.seq };
    const operations = submissionOperations(inFlight.edit);
    this.#send({ type: 'submit', seq: inFlight.seq, version: confirmed.version, operations });
  }
}
