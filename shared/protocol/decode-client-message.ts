import { OperationError, type Operation } from '../text/operation.ts';
import { RANGES_MAX } from './bounds.ts';
import { operationSchema, type SubmitMessage } from './document-messages.ts';
import { ProtocolError } from './frame.ts';
import { clientMessageSchema, type ClientMessage } from './messages.ts';
import type { CursorMessage } from './presence-messages.ts';

/** A message from a client, typed; the operations of a submission are still unchecked. Throws ProtocolError `bad_message`. */
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

/** The operations of a submission, typed; texts and ranges are still unchecked. Throws OperationError `bad_operation`. */
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

/** The seq for the refusal of a message; undefined if the message is no submission or has no proper seq. */
export function seqOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'submit') return undefined;
  return 'seq' in value && Number.isSafeInteger(value.seq) ? (value.seq as number) : undefined;
}

/*
 * Exact checks, by hand, of what clients send all the time. Each takes exactly what its schema takes and gives what the schema gives
 * (a property test compares them), several times as fast. `undefined` means: ask the schema, which knows the reason.
 */

/** As `submitSchema`. */
export function decodeSubmit(value: unknown): SubmitMessage | undefined {
  if (!isObject(value) || value['type'] !== 'submit') return undefined;
  const { seq, version, operations } = value;
  if (!isPosition(seq) || seq === 0 || !isPosition(version) || !Array.isArray(operations)) return undefined;
  return { type: 'submit', seq, version, operations };
}

/** As the schema of `cursor`. */
export function decodeCursor(value: unknown): CursorMessage | undefined {
  if (!isObject(value) || value['type'] !== 'cursor') return undefined;
  const { version, ranges } = value;
  if (version !== undefined && !isPosition(version)) return undefined;
  const checked = ranges === null ? null : decodeRanges(ranges);
  if (checked === undefined) return undefined;
  return version === undefined ? { type: 'cursor', ranges: checked } : { type: 'cursor', version, ranges: checked };
}

/** As `operationSchema`. */
export function decodeOperation(value: unknown): Operation | undefined {
  if (!isObject(value)) return undefined;
  const { type, position, from, to, text } = value;
  switch (type) {
    case 'insert':
      return isPosition(position) && typeof text === 'string' ? { type, position, text } : undefined;
    case 'delete':
      return isPosition(from) && isPosition(to) ? { type, from, to } : undefined;
    case 'replace':
      return isPosition(from) && isPosition(to) && typeof text === 'string' ? { type, from, to, text } : undefined;
    default:
      return undefined;
  }
}

function decodeRanges(value: unknown): { anchor: number; head: number }[] | undefined {
  if (!Array.isArray(value) || value.length > RANGES_MAX) return undefined;
  const ranges = [];
  for (const range of value as unknown[]) {
    if (!isObject(range)) return undefined;
    const { anchor, head } = range;
    if (!isPosition(anchor) || !isPosition(head)) return undefined;
    ranges.push({ anchor, head });
  }
  return ranges;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPosition(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
