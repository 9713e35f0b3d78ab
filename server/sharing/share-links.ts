import { timingSafeEqual } from 'node:crypto';
import { nanoid } from 'nanoid';
import type { Clock } from '../../shared/clock.ts';
import { LINK_SECRET_LENGTH } from '../../shared/protocol/bounds.ts';
import type { ShareLinkBody } from '../../shared/protocol/http.ts';
import type { RedeemLink } from '../../shared/protocol/session-messages.ts';
import { mac, userOf, type Requester } from '../access/identity.ts';
import { RefusalError } from '../base/refusal.ts';
import { SharedBuckets } from '../limits/rate-by-key.ts';
import type { DocumentOperations } from '../rooms/document-operations.ts';
import type { AccessLimits } from '../setup/config.ts';
import type { AccessCatalogue, LinkRecord } from '../stores/access-catalogue.ts';
import { PasswordQueue, type PasswordAsker } from './password-queue.ts';

/** Characters of a link's id, with which its secret begins. */
const ID_LENGTH = 12;
/** Characters of the part that nobody can guess: 132 bits. */
const PROOF_LENGTH = LINK_SECRET_LENGTH - ID_LENGTH;

/** An id for a new share link. */
export function newLinkId(): string {
  return nanoid(ID_LENGTH);
}

/**
 * The secret of a share link, derived from its id and the secret of the server. So owners can copy it again although nothing usable
 * is stored.
 */
function linkSecret(secret: string, documentId: string, linkId: string): string {
  const proof = mac(secret, 'share link', documentId, linkId).toString('base64url').slice(0, PROOF_LENGTH);
  return linkId + proof;
}

/** The id of the link to which the secret belongs, which may not exist any more; undefined if this server never made the secret. */
function linkIdOf(secret: string, documentId: string, given: string): string | undefined {
  const linkId = given.slice(0, ID_LENGTH);
  const expected = Buffer.from(linkSecret(secret, documentId, linkId));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? linkId : undefined;
}

/** Milliseconds in which a full count is forgiven. */
const ATTEMPTS_WINDOW = 60_000;

/** An attempt to redeem a share link. */
export interface Redemption extends RedeemLink, PasswordAsker {
  readonly requester: Requester;
}

export interface ShareLinksDeps {
  /** Of the server; the secrets of links are derived from it. */
  readonly secret: string;
  readonly catalogue: Pick<AccessCatalogue, 'findLink' | 'hasRedeemed' | 'redeemLink'>;
  readonly documents: Pick<DocumentOperations, 'accessChanged'>;
  readonly clock: Clock;
}

/** Shows and redeems share links, and checks their passwords. */
export class ShareLinks {
  readonly #deps: ShareLinksDeps;
  readonly #attempts: PasswordAttempts;
  /** Hashes every password, also those of new links. */
  readonly passwords: PasswordQueue;

  constructor(limits: AccessLimits, deps: ShareLinksDeps) {
    this.#deps = deps;
    this.#attempts = new PasswordAttempts(limits.passwordFailures, deps.clock);
    this.passwords = new PasswordQueue(limits, deps.clock);
  }

  /** A link as its owners see it. */
  body(documentId: string, link: LinkRecord): ShareLinkBody {
    const { passwordHash, ...shown } = link;
    const secret = linkSecret(this.#deps.secret, documentId, link.id);
    return { ...shown, hasPassword: passwordHash !== undefined, secret };
  }

  /**
   * Gives the requester the role of the link. Somebody who redeemed it before is not asked for the password again. Throws RefusalError
   * `not_found` (unknown, revoked, expired, or closed to them), `password_required`, `wrong_password` and `rate_limited`.
   */
  async redeem(documentId: string, redemption: Redemption): Promise<void> {
    const { secret, catalogue, documents, clock } = this.#deps;
    const { secret: given, password, requester } = redemption;
    const linkId = linkIdOf(secret, documentId, given);
    // A token that names documents gives exactly the roles it names.
    const isBound = requester.token?.grants !== undefined;
    const link = linkId === undefined || isBound ? undefined : await catalogue.findLink(documentId, linkId);
    if (link === undefined || (link.expiresAt ?? Infinity) <= clock.now()) throw noSuchLink();
    if (link.passwordHash !== undefined && !(await catalogue.hasRedeemed(documentId, link.id, requester.id))) {
      await this.#checkPassword(link.id, link.passwordHash, password, redemption);
    }
    const outcome = await catalogue.redeemLink(documentId, link.id, userOf(requester), clock.now());
    if (outcome === 'unknown') throw noSuchLink();
    if (outcome === 'redeemed') await documents.accessChanged(documentId, requester.id);
  }

  async #checkPassword(
    linkId: string,
    hash: string,
    password: string | undefined,
    asker: PasswordAsker,
  ): Promise<void> {
    if (password === undefined) throw new RefusalError('password_required', 'This link has a password');
    const keys = [`network ${asker.source}`, `link ${linkId}`];
    const wait = this.#attempts.take(keys);
    if (wait !== undefined) throw new RefusalError('rate_limited', 'Too many wrong passwords', wait);
    let isRight: boolean;
    try {
      isRight = await this.passwords.check(password, hash, asker);
    } catch (error) {
      // The password was not tried.
      this.#attempts.giveBack(keys);
      throw error;
    }
    if (!isRight) throw new RefusalError('wrong_password', 'The password is another one');
    this.#attempts.giveBack(keys);
  }
}

function noSuchLink(): RefusalError {
  return new RefusalError('not_found', 'There is no such link, or no longer');
}

/** Limits wrong passwords by network and by link. Right ones cost nothing. */
export class PasswordAttempts {
  readonly #buckets: SharedBuckets;

  constructor(perMinute: number, clock: Clock) {
    this.#buckets = new SharedBuckets(perMinute, perMinute / ATTEMPTS_WINDOW, clock);
  }

  /**
   * Takes an attempt from each key before its outcome is known, so that parallel attempts are limited too. Returns the milliseconds
   * to wait if a key has none left; then none is taken.
   */
  take(keys: readonly string[]): number | undefined {
    const wait = this.#buckets.take(keys);
    return wait === 0 ? undefined : wait;
  }

  /** Gives an attempt back: the password was right, or was never tried. */
  giveBack(keys: readonly string[]): void {
    this.#buckets.giveBack(keys);
  }
}
