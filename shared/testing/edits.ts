import fc from 'fast-check';
import { EditBuilder, type Edit } from '../text/edit.ts';

/** What tests write: letters that repeat, line breaks, combining marks, pairs, joined and directed characters. */
export const CHARACTERS = [
  ...['a', 'b', 'c', 'a', ' ', '\n', 'ß', 'e\u0301', '\u0301', '\u0308'],
  ...['😀', '😃', '𝄞', '👩\u200d👩\u200d👧', '🇩🇪', '\u200d', '\ufeff', '\u2028', 'א', '\u202e'],
] as const;

/** What happens at one character of a text: something is inserted in front of it, and it is kept or deleted. */
export interface Decision {
  readonly insert: string;
  readonly keep: boolean;
}

/** An edit that follows one decision per code point, and one for the end. If there are too few, they are repeated. */
export function editFrom(text: string, decisions: readonly Decision[]): Edit {
  const builder = new EditBuilder();
  let index = 0;
  for (const character of [...text, '']) {
    const { insert, keep } = decisions[index % decisions.length]!;
    builder.insert(insert);
    if (keep) builder.retain(character.length);
    else builder.delete(character.length);
    index += 1;
  }
  return builder.finish();
}

/** Texts of 1 to 30 characters. */
export const someText = fc
  .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 30 })
  .map((characters) => characters.join(''));

const someInsertion = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 3 }).map((parts) => parts.join('')) },
);

/** Decisions for `editFrom`; they fit any text, so that several edits of one text, or edits in a row, are easy to make. */
export const someDecisions = fc.array(fc.record({ insert: someInsertion, keep: fc.boolean() }), {
  minLength: 1,
  maxLength: 40,
});

/** Whether the edit is in canonical form (see edit.ts). */
export function isCanonical(edit: Edit): boolean {
  const last = edit.at(-1);
  if (typeof last === 'number' && last > 0) return false;
  return edit.every((part, index) => {
    const next = edit[index + 1];
    if (part === 0 || part === '') return false;
    if (next === undefined || typeof part !== typeof next) return next === undefined || !deletes(part) || !isText(next);
    return typeof part === 'number' && part > 0 !== (next as number) > 0;
  });
}

function deletes(part: number | string): boolean {
  return typeof part === 'number' && part < 0;
}

function isText(part: number | string): boolean {
  return typeof part === 'string';
}

/** Whether no boundary of the edit lies within a surrogate pair of the text, and every insertion is well-formed. */
export function respectsPairs(edit: Edit, text: string): boolean {
  let position = 0;
  for (const part of edit) {
    if (typeof part === 'string') {
      if (!part.isWellFormed() || splits(text, position)) return false;
    } else {
      position += Math.abs(part);
      if (splits(text, position)) return false;
    }
  }
  return true;
}

function splits(text: string, position: number): boolean {
  return !text.slice(0, position).isWellFormed();
}

/** How often a property is tried; `npm run test:fuzz` sets more. */
export const PROPERTY_RUNS = Number(process.env['WEFT_SEEDS'] ?? 3000);
