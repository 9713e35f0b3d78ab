import { timingSafeEqual } from 'node:crypto';
import { nanoid } from 'nanoid';
import { LINK_SECRET_LENGTH } from '../../shared/protocol/bounds.ts';
import { mac } from '../access/identity.ts';

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
export function linkSecret(secret: string, documentId: string, linkId: string): string {
  const proof = mac(secret, 'share link', documentId, linkId).toString('base64url').slice(0, PROOF_LENGTH);
  return linkId + proof;
}

/** The id of the link to which the secret belongs, which may not exist any more; undefined if this server never made the secret. */
export function linkIdOf(secret: string, documentId: string, given: string): string | undefined {
  const linkId = given.slice(0, ID_LENGTH);
  const expected = Buffer.from(linkSecret(secret, documentId, linkId));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? linkId : undefined;
}
