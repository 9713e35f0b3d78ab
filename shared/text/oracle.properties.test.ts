import { type as oracle, type TextOp } from 'ot-text-unicode';
import { describe, expect, it } from 'vitest';
import { CHARACTERS, editFrom } from '../testing/edits.ts';
import { SeededRandom } from '../testing/random.ts';
import { applyToString, compose, EditBuilder, editsEqual, type Edit } from './edit.ts';
import { transform } from './transform.ts';

const seed = 20261125;
const PAIRS = 100_000;
const CODE_POINTS = [...CHARACTERS.join('')];

/**
 * The same dense edit of `text` (a list of code points) for both algebras: theirs counts code points. It is made in our
 * canonical form, because theirs keeps apart whether text was inserted in front of deleted text or behind it.
 */
function someEdit(random: SeededRandom, text: readonly string[]): { ours: Edit; theirs: TextOp } {
  const decisions = Array.from({ length: text.length + 1 }, () => ({
    insert: random.chance(25) ? random.pick(CODE_POINTS) + (random.chance(50) ? random.pick(CODE_POINTS) : '') : '',
    keep: random.chance(60),
  }));
  const ours = editFrom(text.join(''), decisions);
  let index = 0;
  const theirs = ours.map((part) => {
    if (typeof part === 'string') return part;
    const start = index;
    for (let units = 0; units < Math.abs(part); index += 1) units += text[index]!.length;
    return part > 0 ? index - start : { d: index - start };
  });
  return { ours, theirs };
}

/** One of their edits of `text` in our form. */
function toOurs(operation: TextOp, text: readonly string[]): Edit {
  const builder = new EditBuilder();
  let index = 0;
  for (const part of operation) {
    if (typeof part === 'string') {
      builder.insert(part);
      continue;
    }
    const count = typeof part === 'number' ? part : Number(part.d);
    const units = text.slice(index, index + count).join('').length;
    if (typeof part === 'number') builder.retain(units);
    else builder.delete(units);
    index += count;
  }
  return builder.finish();
}

function requireEqual(ours: Edit, theirs: Edit, situation: unknown): void {
  if (!editsEqual(ours, theirs)) expect({ situation, edit: ours }).toEqual({ situation, edit: theirs });
}

describe(`the algebra agrees with ot-text-unicode (seed ${seed})`, () => {
  it(`in transforming left and right, and composing, ${PAIRS} random pairs`, () => {
    const random = new SeededRandom(seed);
    let changed = 0;
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const text = Array.from({ length: random.below(13) }, () => random.pick(CODE_POINTS));
      const a = someEdit(random, text);
      const b = someEdit(random, text);
      const whole = text.join('');
      const afterA = [...applyToString(whole, a.ours)];
      const afterB = [...applyToString(whole, b.ours)];
      const situation = { pair, text: whole, a: a.ours, b: b.ours };
      for (const side of ['left', 'right'] as const) {
        const theirs = toOurs(oracle.transform(a.theirs, b.theirs, side), afterB);
        const ours = transform(a.ours, b.ours, side);
        requireEqual(ours, theirs, { ...situation, side });
        if (!editsEqual(ours, a.ours)) changed += 1;
      }
      const next = someEdit(random, afterA);
      const theirs = toOurs(oracle.compose(a.theirs, next.theirs), text);
      requireEqual(compose(a.ours, next.ours), theirs, { ...situation, next: next.ours });
    }
    // The pairs are worth comparing: transforming has something to do in most of them.
    expect(changed).toBeGreaterThan(PAIRS);
  });
});
