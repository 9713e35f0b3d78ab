import { platformClock } from '../../shared/client/transport/platform.ts';
import { readDocument } from '../app/api.ts';
import { redeemLink } from './sharing-api.ts';
import { stateAfter, type RedemptionState } from './redemption-state.ts';
import type { CurrentUser } from '../app/current-user.svelte.ts';

/** Somebody comes by a share link: it is shown to the server, with a password where it wants one, and gives its role. */
export class LinkRedemption {
  readonly #id: string;
  readonly #secret: string;
  readonly #currentUser: CurrentUser;
  #state = $state.raw<RedemptionState>({ kind: 'asking' });
  #now = $state(platformClock.monotonic());
  #hasOwnAccess = false;
  #ticking: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, secret: string, currentUser: CurrentUser) {
    this.#id = id;
    this.#secret = secret;
    this.#currentUser = currentUser;
  }

  get state(): RedemptionState {
    return this.#state;
  }

  /** Milliseconds of `Clock.monotonic`; goes on while the state is `limited`. */
  get now(): number {
    return this.#now;
  }

  /** The link gives nothing, and the document is open to them all the same. */
  get hasOwnAccess(): boolean {
    return this.#hasOwnAccess;
  }

  /** Shows the link to the server. */
  async redeem(password?: string): Promise<void> {
    this.#state = { kind: 'asking' };
    try {
      await this.#currentUser.ensure();
      await redeemLink(this.#id, this.#secret, password);
      this.#state = { kind: 'open' };
    } catch (error) {
      const state = stateAfter(error, platformClock.monotonic());
      this.#hasOwnAccess = state.kind === 'ended' && (await this.#canOpen());
      this.#state = this.#hasOwnAccess ? { kind: 'open' } : state;
      this.#tick();
    }
  }

  stop(): void {
    clearTimeout(this.#ticking);
  }

  async #canOpen(): Promise<boolean> {
    return readDocument(this.#id).then(
      () => true,
      () => false,
    );
  }

  #tick(): void {
    clearTimeout(this.#ticking);
    this.#now = platformClock.monotonic();
    if (this.#state.kind !== 'limited') return;
    if (this.#state.until <= this.#now) this.#state = { kind: 'password' };
    else this.#ticking = setTimeout(() => this.#tick(), 500);
  }
}
