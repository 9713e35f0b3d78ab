import { ApiError } from '../app/api.ts';
import { messageOf } from '../app/message-of.ts';

/** Where somebody stands who comes by a share link. */
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

/** How long, in milliseconds, to wait where the server does not say. */
const WAIT = 60_000;

/** What follows from a refusal. `now`: milliseconds of `Clock.monotonic`. */
export function stateAfter(error: unknown, now: number): RedemptionState {
  if (!(error instanceof ApiError)) return { kind: 'failed', message: messageOf(error) };
  switch (error.code) {
    case 'password_required':
      return { kind: 'password' };
    case 'wrong_password':
      return { kind: 'password', problem: 'That is not the password.' };
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
  if (seconds < 120) return seconds === 1 ? 'in 1 second' : `in ${seconds} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}
