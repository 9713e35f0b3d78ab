/** Who is in a room, what they are doing, and where their carets are. */
import * as z from 'zod/mini';
import { RANGES_MAX } from './bounds.ts';
import { position, roleSchema, userSchema, version } from './fields.ts';

export const presenceStateSchema = z.enum(['active', 'idle', 'away']);
export type PresenceState = z.infer<typeof presenceStateSchema>;

/** Anchor and head of carets and selections in UTF-16 units. */
const ranges = z.array(z.object({ anchor: position, head: position })).check(z.maxLength(RANGES_MAX));
/** Where somebody is in the text at `version`. */
export const cursorSchema = z.object({ version, ranges });
export type Cursor = z.infer<typeof cursorSchema>;

/** A user present in a room. */
export const collaboratorSchema = z.object({
  sessionId: z.string(),
  user: userSchema,
  role: roleSchema,
  state: presenceStateSchema,
  cursor: z.nullable(cursorSchema),
});
export type Collaborator = z.infer<typeof collaboratorSchema>;

// Client to server.

export const cursorMessageSchema = z.object({
  type: z.literal('cursor'),
  version: z.optional(version),
  ranges: z.nullable(ranges),
});
export type CursorMessage = z.infer<typeof cursorMessageSchema>;

export const presenceMessageSchema = z.object({ type: z.literal('presence'), state: presenceStateSchema });

// Server to client.

export const collaboratorsUpdateSchema = z.object({
  type: z.literal('collaborators-update'),
  documentId: z.string(),
  joined: z.array(collaboratorSchema),
  left: z.array(z.string()),
  changed: z.array(collaboratorSchema),
  count: z.int(),
});

export const cursorUpdateSchema = z.object({
  type: z.literal('cursor-update'),
  sessionId: z.string(),
  version,
  ranges: z.nullable(ranges),
});
