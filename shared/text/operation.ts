import { EditBuilder, fold, replaceEdit, type Edit } from './edit.ts';
import type { ChunkedText } from './chunked-text.ts';

/** One edit as it is sent: positions and ranges in UTF-16 units of the text before it. */
export type Operation =
  | { readonly type: 'insert'; readonly position: number; readonly text: string }
  | { readonly type: 'delete'; readonly from: number; readonly to: number }
  | { readonly type: 'replace'; readonly from: number; readonly to: number; readonly text: string };

/** Why operations were refused, with the protocol's code. */
export class OperationError extends Error {
  readonly code: 'bad_operation' | 'bad_text';

  constructor(code: 'bad_operation' | 'bad_text', message: string) {
    super(message);
    this.name = 'OperationError';
    this.code = code;
  }
}

/** What is wrong with a text to be inserted, or undefined. It is never repaired: the copies of the text would diverge. */
export function textProblem(text: string): string | undefined {
  if (text.includes('\r')) return 'Text holds a carriage return; line breaks are LF';
  if (text.includes('\0')) return 'Text holds a NUL';
  if (!text.isWellFormed()) return 'Text holds half of a surrogate pair';
  return undefined;
}

/**
 * Folds operations, each of which sees the result of the ones before, into one edit of a text of `length` units.
 * Throws OperationError for a bad text or a range outside the text.
 */
export function editFromOperations(operations: readonly Operation[], length: number): Edit {
  const edits: Edit[] = [];
  for (const operation of operations) {
    const from = operation.type === 'insert' ? operation.position : operation.from;
    const to = operation.type === 'insert' ? operation.position : operation.to;
    const text = operation.type === 'delete' ? '' : operation.text;
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to > length || from > to) {
      throw new OperationError('bad_operation', `Range ${from}–${to} lies outside a text of ${length} units`);
    }
    if (operation.type !== 'insert' && from === to) throw new OperationError('bad_operation', 'The range is empty');
    if (operation.type !== 'delete') {
      if (text === '') throw new OperationError('bad_operation', 'The text is empty');
      const problem = textProblem(text);
      if (problem !== undefined) throw new OperationError('bad_text', problem);
    }
    edits.push(replaceEdit(from, to, text));
    length += text.length - (to - from);
  }
  return fold(edits);
}

/** The shortest text, in units, in which no operation reaches beyond the end; each sees the result of the ones before. */
export function requiredBase(operations: readonly Operation[]): number {
  let required = 0;
  let grown = 0;
  for (const operation of operations) {
    const from = operation.type === 'insert' ? operation.position : operation.from;
    const to = operation.type === 'insert' ? operation.position : operation.to;
    required = Math.max(required, to - grown);
    grown += (operation.type === 'delete' ? 0 : operation.text.length) - (to - from);
  }
  return required;
}

/** The operations of an edit from the highest position to the lowest, so that they mean the same in sequence and at once. */
export function operationsFromEdit(edit: Edit): Operation[] {
  const operations: Operation[] = [];
  let position = 0;
  for (let index = 0; index < edit.length; index += 1) {
    const part = edit[index]!;
    if (typeof part === 'string') {
      const next = edit[index + 1];
      if (typeof next === 'number' && next < 0) {
        operations.push({ type: 'replace', from: position, to: position - next, text: part });
        position -= next;
        index += 1;
      } else {
        operations.push({ type: 'insert', position, text: part });
      }
    } else if (part < 0) {
      operations.push({ type: 'delete', from: position, to: position - part });
      position -= part;
    } else {
      position += part;
    }
  }
  return operations.reverse();
}

/**
 * The operations by which a client asks for an edit. Rebasing may leave nothing of the edit in flight, but its seq still waits for
 * an answer, and a submission without operations is refused. So an empty edit inserts something and deletes it.
 */
export function submissionOperations(edit: Edit): Operation[] {
  if (edit.length > 0) return operationsFromEdit(edit);
  return [
    { type: 'insert', position: 0, text: ' ' },
    { type: 'delete', from: 0, to: 1 },
  ];
}

/** The edit of operations listed from the highest position to the lowest, as the server sends them. They are not checked. */
export function editFromDescending(operations: readonly Operation[]): Edit {
  const builder = new EditBuilder();
  let position = 0;
  for (let index = operations.length - 1; index >= 0; index -= 1) {
    const operation = operations[index]!;
    const from = operation.type === 'insert' ? operation.position : operation.from;
    const to = operation.type === 'insert' ? operation.position : operation.to;
    builder.retain(from - position);
    if (operation.type !== 'delete') builder.insert(operation.text);
    builder.delete(to - from);
    position = to;
  }
  return builder.finish();
}

/**
 * Checks an edit against the very text it is about to change: inside the text, whole inserted pairs, no boundary within a pair.
 * Throws OperationError `bad_operation`.
 */
export function assertApplies(edit: Edit, text: ChunkedText): void {
  let position = 0;
  for (const part of edit) {
    if (typeof part === 'string') {
      if (!part.isWellFormed())
        throw new OperationError('bad_operation', 'The operations leave half of a surrogate pair');
      if (text.splitsPair(position)) throw splitPair(position);
    } else if (part < 0) {
      if (text.splitsPair(position) || text.splitsPair(position - part)) throw splitPair(position);
      position -= part;
    } else {
      position += part;
    }
    if (position > text.length)
      throw new OperationError('bad_operation', 'The edit reaches beyond the end of the text');
  }
}

function splitPair(position: number): OperationError {
  return new OperationError('bad_operation', `A boundary at or after ${position} splits a surrogate pair`);
}
