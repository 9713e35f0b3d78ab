import { growth, insertedText, type Edit } from '../text/edit.ts';
import type { ChunkedText } from '../text/chunked-text.ts';
import { assertApplies, editFromOperations, OperationError, type Operation } from '../text/operation.ts';
import { rebase } from '../text/transform.ts';
import type { Change, VersionName } from './change.ts';

/** The newest state of a document. */
export interface Head extends VersionName {
  readonly text: ChunkedText;
}

/** What a client asks for: operations on the text of a base version. */
export interface Submission {
  readonly clientId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly seq: number;
  /** The base version. */
  readonly version: number;
  readonly operations: readonly Operation[];
  /** The operations as an edit of the base version, if they were made on an older one and have been carried over since. */
  readonly carried?: Edit | undefined;
}

/** What is known of a submission's client on this document. */
export interface ClientRecord {
  /** The user who first used the clientId here. */
  readonly userId: string;
  /** Its last committed seq. */
  readonly seq: number;
  /** The version that seq became. */
  readonly version: number;
}

export type RefusalCode =
  'bad_operation' | 'bad_text' | 'document_too_large' | 'version_ahead' | 'seq_gap' | 'seq_reused' | 'client_taken';

/** The answer of the authority: a new change with the head it makes, the change that this seq became before, or a refusal. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly change: Change; readonly head: Head }
  | { readonly kind: 'duplicate'; readonly change: Change }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

/** What `accept` needs to know besides the head. */
export interface Context {
  /** Undefined if the client is new here. */
  readonly client: ClientRecord | undefined;
  /** The committed change of a version, for every version after the submission's base and for `client.version`. */
  readonly changeAt: (version: number) => Change;
  /** Commit time in milliseconds; at least the head's. */
  readonly timestamp: number;
  /** In UTF-16 units. */
  readonly maximumLength: number;
}

/**
 * Decides on one submission, and changes nothing: the caller stores the change and only then adopts the head.
 * The edit is transformed over one committed change at a time, and checked against the text that it will really change.
 */
export function accept(head: Head, submission: Submission, context: Context): Verdict {
  const { client } = context;
  if (client !== undefined && client.userId !== submission.userId) {
    return refuse('client_taken', 'This clientId belongs to another user');
  }
  const lastSeq = client?.seq ?? 0;
  if (submission.seq > lastSeq + 1) return refuse('seq_gap', `The next seq is ${lastSeq + 1}`);
  if (client !== undefined && submission.seq <= lastSeq) {
    return recognise(submission, client, context);
  }
  if (submission.version > head.version) return refuse('version_ahead', `The document is at version ${head.version}`);
  try {
    // The copy is exactly as long as needed. An array that grew by `push` has room for 17 parts, as long as the change is kept.
    const edit = rebaseToHead(head, submission, context).slice();
    assertApplies(edit, head.text);
    if (head.text.length + growth(edit) > context.maximumLength && growth(edit) > 0) {
      return refuse('document_too_large', `A document holds at most ${context.maximumLength} UTF-16 units`);
    }
    const { clientId, seq, userId, sessionId } = submission;
    const version = head.version + 1;
    const { timestamp } = context;
    // Field by field: a spread would give each change its own hidden class, 500 bytes that are not shared.
    return {
      kind: 'accepted',
      change: { version, timestamp, edit, clientId, seq, userId, sessionId },
      head: { version, timestamp, text: head.text.apply(edit) },
    };
  } catch (error) {
    if (error instanceof OperationError) return refuse(error.code, error.message);
    throw error;
  }
}

/** Recognises a resend of the last committed submission by its seq and inserted text, which no rebase alters. */
function recognise(submission: Submission, client: ClientRecord, context: Context): Verdict {
  if (submission.seq === client.seq) {
    const change = context.changeAt(client.version);
    if (insertedTextOf(submission.operations) === insertedText(change.edit)) return { kind: 'duplicate', change };
  }
  return refuse('seq_reused', `The last committed seq is ${client.seq}`);
}

function insertedTextOf(operations: readonly Operation[]): string | undefined {
  try {
    return insertedText(editFromOperations(operations, Number.MAX_SAFE_INTEGER));
  } catch (error) {
    if (error instanceof OperationError) return undefined;
    throw error;
  }
}

function rebaseToHead(head: Head, submission: Submission, context: Context): Edit {
  let baseLength = head.text.length;
  const committed: Edit[] = [];
  for (let version = submission.version + 1; version <= head.version; version += 1) {
    const { edit } = context.changeAt(version);
    baseLength -= growth(edit);
    committed.push(edit);
  }
  return rebase(submission.carried ?? editFromOperations(submission.operations, baseLength), committed);
}

function refuse(code: RefusalCode, message: string): Verdict {
  return { kind: 'refused', code, message };
}
