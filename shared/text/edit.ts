/**
 * The edit algebra: what one change does to a text, and how two of them in a row become one.
 *
 * An edit is a flat list read from the start of the text: a positive number keeps that many UTF-16 units, a negative number
 * deletes them, a string is inserted. What lies behind the last part is kept.
 *
 * Canonical form, which every function here takes and returns:
 * 1. no empty part, no two neighbours of one kind, no trailing "keep";
 * 2. at one place the insertion stands before the deletion.
 * So equal edits are equal arrays, and the edit that does nothing is `[]`.
 */
export type Edit = readonly (number | string)[];

/** The edit that changes nothing. */
export const IDENTITY: Edit = [];

/** What the algebra reads of a text; a string and a `ChunkedText` both are one. */
export interface TextSource {
  readonly length: number;
  slice(from: number, to: number): string;
}

/** Collects parts from the start of the text to its end and makes the canonical edit of them. */
export class EditBuilder {
  readonly #parts: (number | string)[] = [];

  /** Keeps the next `count` units. */
  retain(count: number): void {
    if (count === 0) return;
    const last = this.#parts.length - 1;
    const previous = this.#parts[last];
    if (typeof previous === 'number' && previous > 0) this.#parts[last] = previous + count;
    else this.#parts.push(count);
  }

  /** Deletes the next `count` units (a positive number). */
  delete(count: number): void {
    if (count === 0) return;
    const last = this.#parts.length - 1;
    const previous = this.#parts[last];
    if (typeof previous === 'number' && previous < 0) this.#parts[last] = previous - count;
    else this.#parts.push(-count);
  }

  /** Inserts text here, in front of a deletion that was just added. */
  insert(text: string): void {
    if (text === '') return;
    const parts = this.#parts;
    const last = parts.length - 1;
    const previous = parts[last];
    if (typeof previous === 'string') {
      parts[last] = previous + text;
    } else if (previous !== undefined && previous < 0) {
      const before = parts[last - 1];
      if (typeof before === 'string') parts[last - 1] = before + text;
      else parts.splice(last, 0, text);
    } else {
      parts.push(text);
    }
  }

  /** The finished edit; the builder must not be used afterwards. */
  finish(): Edit {
    const last = this.#parts.at(-1);
    if (typeof last === 'number' && last > 0) this.#parts.pop();
    return this.#parts;
  }
}

/** The canonical edit of parts that somebody wrote by hand. Throws RangeError if a number among them is not a whole one. */
export function editFromParts(parts: readonly (number | string)[]): Edit {
  const builder = new EditBuilder();
  for (const part of parts) {
    if (typeof part === 'string') builder.insert(part);
    else if (!Number.isSafeInteger(part)) throw new RangeError('An edit counts in whole UTF-16 units');
    else if (part > 0) builder.retain(part);
    else builder.delete(-part);
  }
  return builder.finish();
}

/**
 * The edit that replaces `[from, to)` by `text`. Throws RangeError unless both are whole numbers, 0 ≤ from ≤ to: a negative
 * number would be read as a deletion.
 */
export function replaceEdit(from: number, to: number, text: string): Edit {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from)
    throw new RangeError(`[${from}, ${to}) is no range of a text`);
  const builder = new EditBuilder();
  builder.retain(from);
  builder.insert(text);
  builder.delete(to - from);
  return builder.finish();
}

/** The shortest text, in units, to which the edit can be applied. */
export function requiredLength(edit: Edit): number {
  let length = 0;
  for (const part of edit) if (typeof part === 'number') length += Math.abs(part);
  return length;
}

/** By how many units the text grows (negative: shrinks). */
export function growth(edit: Edit): number {
  let units = 0;
  for (const part of edit) {
    if (typeof part === 'string') units += part.length;
    else if (part < 0) units += part;
  }
  return units;
}

/** All inserted text in order. Transforming an edit never alters it, so it names a submission across rebases. */
export function insertedText(edit: Edit): string {
  let text = '';
  for (const part of edit) if (typeof part === 'string') text += part;
  return text;
}

/** How many UTF-16 units it inserts. */
export function insertedLength(edit: Edit): number {
  let units = 0;
  for (const part of edit) if (typeof part === 'string') units += part.length;
  return units;
}

/** Whether both edits do the same: being canonical, they have equal parts then. */
export function editsEqual(a: Edit, b: Edit): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

/** Walks an edit in steps of any size. Behind the last part there is endless text to keep. */
export class EditCursor {
  readonly #edit: Edit;
  #index = -1;
  #kind: 'insert' | 'delete' | 'retain' = 'retain';
  #left = 0;

  constructor(edit: Edit) {
    this.#edit = edit;
    this.#next();
  }

  get done(): boolean {
    return this.#index >= this.#edit.length;
  }

  /** The kind of what comes next. `left` is how many units of it there are. */
  get kind(): 'insert' | 'delete' | 'retain' {
    return this.#kind;
  }

  get left(): number {
    return this.#left;
  }

  /** Steps over `count` units, which are at most `left`. */
  skip(count: number): void {
    this.#left -= count;
    if (this.#left === 0) this.#next();
  }

  /** Takes `count` units of the insertion that is next. */
  take(count: number): string {
    const text = this.#edit[this.#index] as string;
    const from = text.length - this.#left;
    this.skip(count);
    return count === text.length ? text : text.slice(from, from + count);
  }

  #next(): void {
    this.#index += 1;
    const part = this.#edit[this.#index];
    if (part === undefined) {
      this.#kind = 'retain';
      this.#left = Infinity;
    } else if (typeof part === 'string') {
      this.#kind = 'insert';
      this.#left = part.length;
    } else {
      this.#kind = part < 0 ? 'delete' : 'retain';
      this.#left = Math.abs(part);
    }
  }
}

/** One edit that does what `first` and then `second` do. */
export function compose(first: Edit, second: Edit): Edit {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  const builder = new EditBuilder();
  const a = new EditCursor(first);
  const b = new EditCursor(second);
  while (!a.done || !b.done) {
    if (b.kind === 'insert') {
      builder.insert(b.take(b.left));
    } else if (a.kind === 'delete') {
      builder.delete(a.left);
      a.skip(a.left);
    } else {
      const count = Math.min(a.left, b.left);
      const keeps = b.kind === 'retain';
      if (a.kind === 'insert') {
        if (keeps) builder.insert(a.take(count));
        else a.skip(count);
      } else if (keeps) {
        builder.retain(count);
        a.skip(count);
      } else {
        builder.delete(count);
        a.skip(count);
      }
      b.skip(count);
    }
  }
  return builder.finish();
}

/**
 * One edit for a sequence of edits. Composed pairwise as a balanced tree: a thousand scattered edits take about 1 ms, from left
 * to right they would take 40 ms (measured, docs/decisions/0001).
 */
export function fold(edits: readonly Edit[]): Edit {
  let level = edits;
  while (level.length > 1) {
    const next: Edit[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const second = level[index + 1];
      next.push(second === undefined ? level[index]! : compose(level[index]!, second));
    }
    level = next;
  }
  return level[0] ?? IDENTITY;
}

/** The edit that takes back `edit`; `before` is the text that `edit` was applied to. */
export function invert(edit: Edit, before: TextSource): Edit {
  const builder = new EditBuilder();
  let position = 0;
  for (const part of edit) {
    if (typeof part === 'string') {
      builder.delete(part.length);
    } else if (part < 0) {
      builder.insert(before.slice(position, position - part));
      position -= part;
    } else {
      builder.retain(part);
      position += part;
    }
  }
  return builder.finish();
}

/** Applies an edit to a plain string. Throws RangeError if the text is too short. */
export function applyToString(text: string, edit: Edit): string {
  if (requiredLength(edit) > text.length) throw new RangeError('The edit reaches beyond the end of the text');
  let result = '';
  let position = 0;
  for (const part of edit) {
    if (typeof part === 'string') {
      result += part;
    } else if (part < 0) {
      position -= part;
    } else {
      result += text.slice(position, position + part);
      position += part;
    }
  }
  return result + text.slice(position);
}
