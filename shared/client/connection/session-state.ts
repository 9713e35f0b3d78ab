import type { Limits } from '../../protocol/document-messages.ts';
import { mayEdit, type Role } from '../../protocol/roles.ts';
import type { User } from '../../protocol/fields.ts';
import { Deferred } from '../events/deferred.ts';
import type { SessionEmitter } from '../events/session-events.ts';
import type { Problem, RefusalReason } from '../events/session-status.ts';
import type { Random } from '../transport/transport.ts';
import { Backoff } from './backoff.ts';

/** Who we are in the room. */
export interface Self {
  readonly id: string;
  readonly user: User;
  readonly role: Role;
  /** The newest connection, under the name that the server's log has for it. */
  readonly connectionId?: string | undefined;
}

/** If a refusal for size is answered by halving, a submission at this share is as small as it can be. */
const SMALLEST_SHARE = 1 / 1024;

/** What a session knows from one connection to the next: who it is, what the server said, and how its submissions fare. */
export class SessionState {
  /** The secret under which submissions are numbered. */
  clientId: string;
  /** When the last own edit became durable, by the server's clock. */
  savedAt: number | undefined;
  /** Why the server could not do what was last asked of it, if it is to be asked again. */
  problem: Problem | undefined;
  /** As the last join answer said. */
  limits: Limits | undefined;
  /** Why nothing is submitted although the session is joined. */
  blocked: RefusalReason | undefined;
  /** The waits between submissions that the server could not take. */
  readonly retries: Backoff;
  readonly #emitter: SessionEmitter;
  readonly #readiness = new Deferred();
  #self: Self | undefined;
  #title = '';
  #isNamed = true;
  #isReady = false;
  #share = 1;
  #mustRecut = false;

  constructor(clientId: string, random: Random, emitter: SessionEmitter) {
    this.clientId = clientId;
    this.retries = new Backoff(random);
    this.#emitter = emitter;
  }

  /** Undefined before the first join. */
  get self(): Self | undefined {
    return this.#self;
  }

  get title(): string {
    return this.#title;
  }

  get isNamed(): boolean {
    return this.#isNamed;
  }

  /** A first text is here, from the server or from the outbox. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** The share of the limits that a submission may use, in (0, 1]. */
  get share(): number {
    return this.#share;
  }

  /** Sets who we are. A block because of the role ends if the role allows editing. */
  changeSelf(self: Self): void {
    const before = this.#self?.role;
    this.#self = self;
    if (before !== self.role) this.#emitter.emit('role', self.role);
    if (this.blocked === 'forbidden' && mayEdit(self.role)) this.blocked = undefined;
  }

  /** A server that does not say whether the document is named names all of them. */
  changeTitle(title: string, isNamed = true): void {
    if (title === this.#title && isNamed === this.#isNamed) return;
    this.#title = title;
    this.#isNamed = isNamed;
    this.#emitter.emit('title', title);
  }

  becomeReady(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#emitter.emit('ready', undefined);
    this.#readiness.resolve();
  }

  /** Resolves when the first text is here. Rejects after `rejectWaiters`. */
  whenReady(): Promise<void> {
    return this.#isReady ? Promise.resolve() : this.#readiness.when();
  }

  /** Rejects all promises of `whenReady`. */
  rejectWaiters(error: Error): void {
    this.#readiness.reject(error);
  }

  /** What was in flight became durable at `timestamp`, by the server's clock. */
  saved(timestamp: number): void {
    this.savedAt = timestamp;
    this.problem = undefined;
    this.retries.reset();
    this.#share = 1;
  }

  /**
   * The server closed the connection because a message was too big: the next one is half as big. The server never read the
   * message, so what is in flight cannot be committed and may be cut anew.
   */
  shrink(): void {
    this.#share = Math.max(SMALLEST_SHARE, this.#share / 2);
    this.#mustRecut = true;
  }

  /** True once after `shrink`: what is in flight must be cut anew. */
  takeRecut(): boolean {
    const mustRecut = this.#mustRecut;
    this.#mustRecut = false;
    return mustRecut;
  }
}
