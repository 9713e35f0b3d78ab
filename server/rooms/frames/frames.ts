import { ERROR_REACTIONS, type ErrorCode } from '../../../shared/protocol/reactions.ts';
import type { ServerMessage } from '../../../shared/protocol/messages.ts';
import type { Change } from '../../../shared/sync/change.ts';
import type { Edit } from '../../../shared/text/edit.ts';

export function encodeMessage(message: ServerMessage): string {
  return JSON.stringify(message);
}

/** An error message: about the submission `seq` if given; `retryAfter` is in milliseconds. */
export function encodeError(code: ErrorCode, message: string, seq?: number, retryAfter?: number): string {
  return encodeMessage({
    type: 'error',
    code,
    message,
    ...(seq === undefined ? {} : { seq }),
    retryable: ERROR_REACTIONS[code] === 'retry',
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

/** The text of one frame that holds these encoded messages. */
export function joinFrame(messages: readonly string[]): string {
  return messages.length === 1 ? messages[0]! : `[${messages.join(',')}]`;
}

// Messages that are sent for every change are written by hand: JSON.stringify takes twice as long. A test compares both.

/** A change that became durable, for everybody but its author. */
export function encodeUpdate(documentId: string, change: Change): string {
  return `{"type":"document-update","documentId":${JSON.stringify(documentId)},${fieldsOf(change)}}`;
}

/** A change in a list of missed ones; with its seq if it is the reader's own. */
export function encodeMissed(change: Change, isOwn: boolean): string {
  return isOwn ? `{${fieldsOf(change)},"seq":${change.seq}}` : `{${fieldsOf(change)}}`;
}

/** The acknowledgement of a change; with its operations if the author may hold another copy of the submission. */
export function encodeAck({ seq, version, timestamp, edit }: Change, withOperations: boolean): string {
  const operations = withOperations ? `,"operations":${encodeOperations(edit)}` : '';
  return `{"type":"ack","seq":${seq},"version":${version},"timestamp":${timestamp}${operations}}`;
}

function fieldsOf({ version, timestamp, edit, userId, sessionId }: Change): string {
  return (
    `"version":${version},"timestamp":${timestamp},"operations":${encodeOperations(edit)},` +
    `"userId":${JSON.stringify(userId)},"sessionId":${JSON.stringify(sessionId)}`
  );
}

/** The operations of an edit from the highest position to the lowest (O7), as `operationsFromEdit` lists them. */
function encodeOperations(edit: Edit): string {
  let list = '';
  let position = 0;
  for (let index = 0; index < edit.length; index += 1) {
    const part = edit[index]!;
    if (typeof part === 'number' && part > 0) {
      position += part;
      continue;
    }
    let operation: string;
    if (typeof part === 'number') {
      operation = `{"type":"delete","from":${position},"to":${position - part}}`;
      position -= part;
    } else {
      const next = edit[index + 1];
      const text = JSON.stringify(part);
      if (typeof next === 'number' && next < 0) {
        operation = `{"type":"replace","from":${position},"to":${position - next},"text":${text}}`;
        position -= next;
        index += 1;
      } else {
        operation = `{"type":"insert","position":${position},"text":${text}}`;
      }
    }
    list = list === '' ? operation : `${operation},${list}`;
  }
  return `[${list}]`;
}
