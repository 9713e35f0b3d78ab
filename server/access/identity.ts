import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { PERSON_COLORS } from '../../shared/person-colors.ts';
import { colorSchema, userNameSchema, type User } from '../../shared/protocol/fields.ts';
import type { Role } from '../../shared/protocol/roles.ts';

/** Who asks: the guest of a session cookie or of a clientId, or the user that a token names. */
export interface Requester extends User {
  /** The colour was chosen. One that was not is replaced if somebody else in the room has it. */
  readonly choseColor?: true | undefined;
  /** Present if a token names the user. */
  readonly token?: TokenClaims | undefined;
  /** The origin of the page that a live session comes from, if it is not ours. */
  readonly origin?: string | undefined;
}

/** What a token says beside the user's name. */
export interface TokenClaims {
  /** These documents with exactly these roles, and nothing else. Absent: an account, whose memberships and links decide. */
  readonly grants?: ReadonlyMap<string, Role> | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** The end of its grace period. Milliseconds since 1970. */
  readonly countsUntil: number;
}

/** What others may know of a requester. */
export function userOf({ id, name, color }: Requester): User {
  return { id, name, color };
}

/** The user of a session cookie. */
export type Guest = Omit<Requester, 'token' | 'origin'>;

/** The name of the session cookie. */
export const SESSION_COOKIE = 'weft_session';

/**
 * The payload of a session cookie. It is parsed only after its signature was verified; the schema guards against cookies of other
 * versions.
 */
const cookieUserSchema = z.object({
  id: z.string().regex(/^guest_[\w-]{22}$/),
  name: userNameSchema,
  color: colorSchema,
  choseColor: z.literal(true).optional(),
});
/** Longer cookies are ignored; a name of 64 characters needs less than half of it. */
const MAXIMUM_COOKIE_LENGTH = 1024;

/** A new guest with a random friendly name and colour. `random(size)` returns `size` bytes. */
export function newGuest(random: (size: number) => Buffer = randomBytes): User {
  return guestFromBytes(random(24));
}

/**
 * The guest of a client without a credential. The same clientId gives the same guest; the id reveals nothing about the clientId.
 */
export function guestFromClientId(secret: string, clientId: string): User {
  return guestFromBytes(mac(secret, 'guest of a client', clientId));
}

/** The public name of a clientId on a document: 16 base64url characters that reveal nothing about it. */
export function sessionIdOf(secret: string, documentId: string, clientId: string): string {
  return mac(secret, 'session of a client', documentId, clientId).toString('base64url').slice(0, 16);
}

/** The value of the session cookie of a user: the user as base64url JSON, a dot, and its HMAC-SHA256. */
export function cookieOfGuest(secret: string, { id, name, color, choseColor }: Guest): string {
  const payload = Buffer.from(JSON.stringify({ id, name, color, choseColor })).toString('base64url');
  return `${payload}.${mac(secret, 'session cookie', payload).toString('base64url')}`;
}

/** The guest of a session cookie; undefined if `cookieOfGuest` did not make it with this secret. */
export function guestFromCookie(secret: string, cookie: string): Guest | undefined {
  if (cookie.length > MAXIMUM_COOKIE_LENGTH) return undefined;
  const [payload, signature, ...rest] = cookie.split('.');
  if (payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const expected = mac(secret, 'session cookie', payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  try {
    return cookieUserSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

/** Derives a guest from at least 24 random bytes: 16 for the id, the others for name and colour. */
function guestFromBytes(bytes: Buffer): User {
  const pick = (list: readonly string[], offset: number) => list[bytes.readUInt16BE(offset) % list.length]!;
  return {
    id: `guest_${bytes.subarray(0, 16).toString('base64url')}`,
    name: `${pick(ADJECTIVES, 16)} ${pick(ANIMALS, 18)}`,
    color: PERSON_COLORS[bytes.readUInt16BE(20) % PERSON_COLORS.length]!.value,
  };
}

/** One of the twelve colours, always the same for the same user. */
export function colorOf(userId: string): string {
  const place = createHash('sha256').update(userId).digest().readUInt32BE(0) % PERSON_COLORS.length;
  return PERSON_COLORS[place]!.value;
}

/** HMAC-SHA256 with a separate key for each purpose. No part may contain NUL, which separates them. */
export function mac(secret: string, purpose: string, ...parts: readonly string[]): Buffer {
  const key = createHmac('sha256', secret).update(purpose).digest();
  return createHmac('sha256', key).update(parts.join('\0')).digest();
}

/** Words for the names of guests. All are kind and short, and fit with any word of the other list. */
export const ADJECTIVES = words(`
  Amber Bold Brave Bright Calm Cheerful Clever Cosy Curious Daring Eager Fair Fleet Gentle Glad Golden Happy Honest Humble
  Jolly Keen Kind Lively Lucky Mellow Merry Mindful Nimble Noble Patient Playful Proud Quick Quiet Silver Smart Steady Sunny
  Swift Tender Warm Wise`);

export const ANIMALS = words(`
  Badger Bear Beaver Bison Crane Deer Dolphin Eagle Falcon Ferret Finch Fox Gecko Hare Heron Ibis Jay Kestrel Koala Lark Lemur
  Lynx Magpie Marten Moose Narwhal Newt Orca Otter Owl Panda Pelican Penguin Puffin Raven Robin Seal Sparrow Stork Swan Tapir
  Tiger Turtle Whale Wren Yak`);

function words(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}
