/** How a connection comes, proves who it is, is told what it may do, and goes. */
import * as z from 'zod/mini';
import { UNANSWERED_MAX } from './bounds.ts';
import { clientIdSchema, colorSchema, nonce, roleSchema, seq, timestamp, userNameSchema, version } from './fields.ts';
import type { ErrorCode } from './reactions.ts';

/** A submission that was sent and not answered: the clientId it was sent by, and the seq it had. */
export const unansweredSchema = z.object({ clientId: clientIdSchema, seq: z.int().check(z.positive()) });
export type Unanswered = z.infer<typeof unansweredSchema>;

/** The secret of a share link, and its password if it has one. */
export const redeemLinkSchema = z.object({
  secret: z.string().check(z.regex(/^[A-Za-z0-9_-]{22,128}$/)),
  password: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
});
export type RedeemLink = z.infer<typeof redeemLinkSchema>;

// Client to server.

export const joinSchema = z.object({
  type: z.literal('join'),
  clientId: clientIdSchema,
  version: z.optional(version),
  timestamp: z.optional(timestamp),
  /** The client takes missed changes in the short form (`missed`). */
  compact: z.optional(z.boolean()),
  token: z.optional(z.string()),
  name: z.optional(userNameSchema),
  color: z.optional(colorSchema),
  /** The share link that lets them in, for clients without cookies. */
  link: z.optional(redeemLinkSchema),
  /** The submission in flight, under each clientId that it was sent by: what became of it? */
  unanswered: z.optional(z.array(unansweredSchema).check(z.maxLength(UNANSWERED_MAX))),
});
export type JoinMessage = z.infer<typeof joinSchema>;

export const authenticateSchema = z.object({ type: z.literal('authenticate'), token: z.string() });
export const pingSchema = z.object({ type: z.literal('ping'), nonce: z.optional(nonce) });
export const leaveSchema = z.object({ type: z.literal('leave') });

// Server to client.

export const roleUpdateSchema = z.object({ type: z.literal('role-update'), role: roleSchema });
export const tokenExpiringSchema = z.object({ type: z.literal('token-expiring'), expiresAt: timestamp });
export const authenticatedSchema = z.object({ type: z.literal('authenticated'), expiresAt: timestamp });
export const errorMessageSchema = z.object({
  type: z.literal('error'),
  code: z.string() as unknown as z.ZodMiniType<ErrorCode, ErrorCode>,
  message: z.string(),
  seq: z.optional(seq),
  retryable: z.boolean(),
  retryAfter: z.optional(z.int()),
});
export const pongSchema = z.object({ type: z.literal('pong'), nonce: z.optional(nonce), timestamp });
