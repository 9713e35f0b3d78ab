/**
 * All messages of the document socket (docs/protocol.md, section 4), each described in the file of its subject. Unknown fields are
 * dropped, so that both ends may grow. Browsers read with decode-server-message.ts, which a test holds to these schemas.
 */
import * as z from 'zod/mini';
import {
  ackSchema,
  documentInitSchema,
  documentMetaSchema,
  documentSyncSchema,
  documentUpdateSchema,
  submitSchema,
  type DocumentSync,
} from './document-messages.ts';
import {
  collaboratorsUpdateSchema,
  cursorMessageSchema,
  cursorUpdateSchema,
  presenceMessageSchema,
} from './presence-messages.ts';
import {
  authenticatedSchema,
  authenticateSchema,
  errorMessageSchema,
  joinSchema,
  leaveSchema,
  pingSchema,
  pongSchema,
  roleUpdateSchema,
  tokenExpiringSchema,
} from './session-messages.ts';

export const clientMessageSchema = z.discriminatedUnion('type', [
  joinSchema,
  submitSchema,
  cursorMessageSchema,
  presenceMessageSchema,
  authenticateSchema,
  pingSchema,
  leaveSchema,
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

export const serverMessageSchema = z.discriminatedUnion('type', [
  documentInitSchema,
  documentSyncSchema,
  documentUpdateSchema,
  ackSchema,
  collaboratorsUpdateSchema,
  cursorUpdateSchema,
  roleUpdateSchema,
  tokenExpiringSchema,
  authenticatedSchema,
  documentMetaSchema,
  errorMessageSchema,
  pongSchema,
]);
/** As it travels. */
export type SentMessage = z.infer<typeof serverMessageSchema>;
/** As clients read it: what was missed is always `updates`. */
export type ServerMessage = Exclude<SentMessage, { type: 'document-sync' }> | DocumentSync;
