import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ChunkedText } from './chunked-text.ts';
import { applyToString, fold, invert, type Edit } from './edit.ts';
import {
  assertApplies,
  editFromDescending,
  editFromOperations,
  operationsFromEdit,
  type Operation,
} from './operation.ts';
import { mapPosition } from './position.ts';
import { transform } from './transform.ts';

interface Vectors {
  readonly apply: { name: string; text: string; operations: Operation[]; canonical: Operation[]; result: string }[];
  readonly refusals: { name: string; text: string; operations: Operation[]; code: string }[];
  readonly transform: {
    name: string;
    text: string;
    committed: Operation[];
    incoming: Operation[];
    rebased: Operation[];
    moved: Operation[];
    result: string;
  }[];
  readonly compose: { name: string; text: string; steps: Operation[][]; composed: Operation[]; result: string }[];
  readonly invert: { name: string; text: string; operations: Operation[]; inverse: Operation[] }[];
  readonly positions: { name: string; text: string; operations: Operation[]; carets: [number, number, number][] }[];
}

// Read as a file, because bundlers refuse JSON in which half a surrogate pair is written.
const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as Vectors;

/** The edit of operations, checked as a server checks it. */
function read(text: string, operations: readonly Operation[]): Edit {
  const edit = editFromOperations(operations, text.length);
  assertApplies(edit, ChunkedText.from(text));
  return edit;
}

describe('V7 vectors: apply', () => {
  it.each(vectors.apply)('$name', ({ text, operations, canonical, result }) => {
    const edit = read(text, operations);
    expect(operationsFromEdit(edit)).toEqual(canonical);
    expect(editFromDescending(canonical)).toEqual(edit);
    expect(read(text, canonical)).toEqual(edit);
    expect(applyToString(text, edit)).toBe(result);
    expect(ChunkedText.from(text).apply(edit).toString()).toBe(result);
  });
});

describe('V7 vectors: refusals', () => {
  it.each(vectors.refusals)('$name', ({ text, operations, code }) => {
    expect(() => read(text, operations)).toThrow(expect.objectContaining({ name: 'OperationError', code }));
  });
});

describe('V7 vectors: transform', () => {
  it.each(vectors.transform)('$name', ({ text, committed, incoming, rebased, moved, result }) => {
    const earlier = read(text, committed);
    const later = read(text, incoming);
    const laterAfter = transform(later, earlier, 'left');
    const earlierAfter = transform(earlier, later, 'right');
    expect(operationsFromEdit(laterAfter)).toEqual(rebased);
    expect(operationsFromEdit(earlierAfter)).toEqual(moved);
    expect(applyToString(applyToString(text, earlier), laterAfter)).toBe(result);
    expect(applyToString(applyToString(text, later), earlierAfter)).toBe(result);
  });
});

describe('V7 vectors: compose', () => {
  it.each(vectors.compose)('$name', ({ text, steps, composed, result }) => {
    let current = text;
    const edits = steps.map((operations) => {
      const edit = read(current, operations);
      current = applyToString(current, edit);
      return edit;
    });
    expect(current).toBe(result);
    expect(operationsFromEdit(fold(edits))).toEqual(composed);
    expect(applyToString(text, fold(edits))).toBe(result);
  });
});

describe('V7 vectors: invert', () => {
  it.each(vectors.invert)('$name', ({ text, operations, inverse }) => {
    const edit = read(text, operations);
    const back = invert(edit, text);
    expect(operationsFromEdit(back)).toEqual(inverse);
    expect(applyToString(applyToString(text, edit), back)).toBe(text);
  });
});

describe('V7 vectors: positions', () => {
  it.each(vectors.positions)('$name', ({ text, operations, carets }) => {
    const edit = read(text, operations);
    const mapped = carets.map(([position]) => [
      position,
      mapPosition(position, edit, 'before'),
      mapPosition(position, edit, 'after'),
    ]);
    expect(mapped).toEqual(carets);
  });
});
