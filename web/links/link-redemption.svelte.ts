import { platformClock } from '../../shared/client/transport/platform.ts';
import { ApiError, messageOf, readDocument } from '../app/api.ts';
import { redeemLink } from './sharing-api.ts';
import type { CurrentUser } from '../app/current-user.svelte.ts';
import { linkWords } from '../words/en/links.ts';

/** The state of redeeming a share link. */
export type RedemptionState =
  /** The server is asked. */
  | { readonly kind: 'asking' }
  /** It wants a password; `problem` says what was wrong with the last one. */
  | { readonly kind: 'password'; readonly problem?: string }
  /** Too many wrong ones; the next may be tried at `until` (milliseconds of `Clock.monotonic`). */
  | { readonly kind: 'limited'; readonly until: number }
  /** The link was revoked, has expired, or never was: the server does not tell which. */
  | { readonly kind: 'ended' }
  /** The server takes no guests. */
  | { readonly kind: 'turned-away' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'open' };

/** How long to wait, in milliseconds, if the server does not say. */
const WAIT = 60_000;

/** Redeems a share link: sends it to the server, with a password if it has one, and gets its role. */
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

  /** Milliseconds of `Clock.monotonic`; updated while the state is `limited`. */
  get now(): number {
    return this.#now;
  }

  /** The link is of no use, but the document is accessible without it. */
  get hasOwnAccess(): boolean {
    return this.#hasOwnAccess;
  }

  /** Sends the link to the server. */
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

/** The state after a failure. `now`: milliseconds of `Clock.monotonic`. */
export function stateAfter(error: unknown, now: number): RedemptionState {
  if (!(error instanceof ApiError)) return { kind: 'failed', message: messageOf(error) };
  switch (error.code) {
    case 'password_required':
      return { kind: 'password' };
    case 'wrong_password':
      return { kind: 'password', problem: linkWords.wrongPassword };
    case 'rate_limited':
      return { kind: 'limited', until: now + (error.retryAfter ?? WAIT) };
    case 'not_found':
    // A part of the secret is missing.
    case 'bad_message':
      return { kind: 'ended' };
    case 'unauthenticated':
      return { kind: 'turned-away' };
    default:
      return { kind: 'failed', message: messageOf(error) };
  }
}

/** A wait as people say it: "in 42 seconds", "in 3 minutes"; never shorter than it is. Milliseconds. */
export function waitWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 120) return linkWords.waitSeconds(seconds);
  return linkWords.waitMinutes(Math.ceil(seconds / 60));
}
