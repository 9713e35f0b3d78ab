import { OperationError, type Operation } from '../text/operation.ts';
import { ProtocolError } from './frame.ts';
import { decodeCursor, decodeOperation, decodeSubmit } from './frequent-messages.ts';
import { clientMessageSchema, operationSchema, type ClientMessage } from './messages.ts';

/** A message from a client, typed. Throws ProtocolError `bad_message`; the operations of a submission are still unchecked. */
export function parseClientMessage(value: unknown): ClientMessage {
  const frequent = decodeSubmit(value) ?? decodeCursor(value);
  if (frequent !== undefined) return frequent;
  const result = clientMessageSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ProtocolError(
    'bad_message',
    `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not in the schema'}`,
  );
}

/** The operations of a submission, typed. Throws OperationError `bad_operation` for shape and count; text and range come later. */
export function parseOperations(values: readonly unknown[], maximum: number): Operation[] {
  if (values.length === 0) throw new OperationError('bad_operation', 'There are no operations');
  if (values.length > maximum) {
    throw new OperationError('bad_operation', `${values.length} operations are more than the ${maximum} allowed`);
  }
  return values.map((value, index) => {
    const operation = decodeOperation(value);
    if (operation !== undefined) return operation;
    const result = operationSchema.safeParse(value);
    if (result.success) return result.data;
    throw new OperationError(
      'bad_operation',
      `operations.${index}: ${result.error.issues[0]?.message ?? 'wrong shape'}`,
    );
  });
}

/** The seq of a message that may not even be a submission, so that its refusal can name it. */
export function seqOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'submit') return undefined;
  return 'seq' in value && Number.isSafeInteger(value.seq) ? (value.seq as number) : undefined;
}
