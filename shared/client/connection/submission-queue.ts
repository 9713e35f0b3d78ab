import type { Limits, SubmitMessage } from '../../protocol/document-messages.ts';
import { growth } from '../../text/edit.ts';
import { submissionOperations } from '../../text/operation.ts';
import type { LocalDocument } from '../document/local-document.ts';
import type { RefusalReason } from '../events/session-status.ts';
import type { OutboxWriter } from '../outbox/outbox-writer.ts';
import type { Clock } from '../transport/transport.ts';
import type { SessionState } from './session-state.ts';

export interface QueueDeps {
  readonly document: LocalDocument;
  readonly state: SessionState;
  readonly clock: Clock;
  /** Records a submission before it is sent. */
  readonly unsent: Pick<OutboxWriter, 'beforeSend'>;
}

type Progress =
  | { readonly kind: 'free' }
  /** Waits until the outbox has recorded what will be sent. */
  | { readonly kind: 'recording' }
  | { readonly kind: 'sent'; readonly seq: number }
  /** The server could not take it now; the timer sends it again. */
  | { readonly kind: 'waiting'; readonly cancel: () => void }
  /** The connection is over, and the queue with it. */
  | { readonly kind: 'closed' };

/**
 * Sends local edits on one joined connection: one submission at a time, the next as soon as the one before is answered. What
 * is known beyond the connection (blocked, how many failures, how small) is in the session's state.
 */
export class SubmissionQueue {
  readonly #deps: QueueDeps;
  readonly #limits: Limits;
  readonly #send: (message: SubmitMessage) => void;
  #progress: Progress = { kind: 'free' };

  constructor(deps: QueueDeps, limits: Limits, send: (message: SubmitMessage) => void) {
    this.#deps = deps;
    this.#limits = limits;
    this.#send = send;
  }

  /** The seq of the submission that waits for its answer. */
  get sentSeq(): number | undefined {
    return this.#progress.kind === 'sent' ? this.#progress.seq : undefined;
  }

  /** Sends what is in flight again, or the buffer. */
  start(): void {
    if (this.#deps.state.takeRecut()) this.#deps.document.recall();
    this.flush();
  }

  /** Sends nothing from now on. */
  close(): void {
    this.#become({ kind: 'closed' });
  }

  /** Sends what there is, unless a submission is on its way or blocked. */
  flush(): void {
    if (this.#progress.kind !== 'free' || isBlocked(this.#deps)) return;
    const { document, state, unsent } = this.#deps;
    if (document.isSaved) return;
    const submission = document.takeSubmission(this.#limits, state.share);
    if (submission === undefined) return;
    const recorded = unsent.beforeSend(document.submissionNumber, submission);
    if (recorded === undefined) return this.#transmit();
    const recording: Progress = { kind: 'recording' };
    this.#progress = recording;
    void recorded.then(() => {
      if (this.#progress !== recording) return;
      this.#progress = { kind: 'free' };
      // Under another number, or cut anew, it must be recorded again.
      const isSame = document.state.inFlight?.seq === submission.seq;
      if (isSame && !document.thin(this.#limits)) this.#transmit();
      else this.flush();
    });
  }

  /** What was sent is durable. */
  acknowledged(): void {
    this.#become({ kind: 'free' });
    this.flush();
  }

  /** The server cannot take it now; the same goes out again later, on this connection. */
  retry(retryAfter = 0): void {
    if (this.#progress.kind !== 'sent') return;
    const delay = retryAfter + this.#deps.state.retries.next();
    const cancel = this.#deps.clock.after(delay, () => {
      this.#progress = { kind: 'free' };
      this.flush();
    });
    this.#progress = { kind: 'waiting', cancel };
  }

  /** The server refused what was sent, whole: it is unsent again, and nothing goes out until the block ends. */
  block(reason: RefusalReason): void {
    this.#deps.document.recall();
    this.#deps.state.blocked = reason;
    this.#become({ kind: 'free' });
  }

  #become(progress: Progress): void {
    if (this.#progress.kind === 'closed') return;
    if (this.#progress.kind === 'waiting') this.#progress.cancel();
    this.#progress = progress;
  }

  #transmit(): void {
    const { inFlight, confirmed } = this.#deps.document.state;
    if (inFlight === undefined) return;
    this.#progress = { kind: 'sent', seq: inFlight.seq };
    const operations = submissionOperations(inFlight.edit);
    this.#send({ type: 'submit', seq: inFlight.seq, version: confirmed.version, operations });
  }
}

/**
 * Whether nothing may be submitted, joined or not. A block for size ends here, when the text fits the limits of the last join, or when
 * what is unsent only makes it shorter.
 */
export function isBlocked({ document, state }: Pick<QueueDeps, 'document' | 'state'>): boolean {
  if (state.blocked !== 'document_too_large' || state.limits === undefined) return state.blocked !== undefined;
  const fits = document.text.length <= state.limits.documentLength;
  if (!fits && growth(document.state.buffer) > 0) return true;
  state.blocked = undefined;
  return false;
}
