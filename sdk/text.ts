/** `weftdoc/text`: the algebra of edits, without any dependency. */
export { ChunkedText } from '../shared/text/chunked-text.ts';
export { difference } from '../shared/text/difference.ts';
export {
  EditBuilder,
  EditCursor,
  IDENTITY,
  applyToString,
  compose,
  editsEqual,
  fold,
  growth,
  insertedLength,
  insertedText,
  invert,
  replaceEdit,
  requiredLength,
} from '../shared/text/edit.ts';
export { OperationError, editFromOperations, operationsFromEdit, textProblem } from '../shared/text/operation.ts';
export { mapPosition, mapPositions, mapRange } from '../shared/text/position.ts';
export { rebase } from '../shared/text/transform.ts';
export { transform, transformPair } from '../shared/text/transform.ts';

export type { Edit, TextSource } from '../shared/text/edit.ts';
export type { Operation } from '../shared/text/operation.ts';
export type { Association, SelectionRange } from '../shared/text/position.ts';
export type { Side } from '../shared/text/transform.ts';
