import type { Operation } from '../text/operation.ts';
import type { CursorMessage, SubmitMessage } from './messages.ts';

/**
 * Exact checks, by hand, of what clients send all the time. Each takes exactly what its schema in messages.ts takes, and gives
 * what it gives (a property test compares them), several times as fast; nothing stands for "ask the schema, which knows the reason".
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

/** Selections that one cursor message holds at most. */
const RANGES_MAX = 64;

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
