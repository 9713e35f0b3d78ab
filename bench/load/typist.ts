import { SeededRandom } from '../../shared/testing/random.ts';
import type { Operation } from '../../shared/text/operation.ts';

/** Units of text that a document begins with. */
export const START_LENGTH = 10_000;
/** Units of one keystroke's insertion or deletion. */
const UNITS = 4;
const INSERT_PERCENT = 80;
/** Where many changes shall not become much text. A little more is inserted all the same, so that places stay valid. */
export const STEADY_INSERT_PERCENT = 52;
/** Of 100 keystrokes, so many begin at another place. */
const JUMP_PERCENT = 2;
const ALPHABET = 36;

/** A text of a length, made of short lines. */
export function startText(length = START_LENGTH): string {
  const line = 'What the screen calls saved is on disk, once, in the same order for all.\n';
  return line.repeat(Math.ceil(length / line.length)).slice(0, length);
}

/** Numbers the insertions of this process; their text is the number. */
let inserted = 0;

/**
 * A hand that types at a caret of its own: 80 % insertions of four units, 20 % deletions of four. It knows no text; it stays
 * within what the document began with, which is there at every version, because more is inserted than deleted.
 */
export class Typist {
  readonly #random: SeededRandom;
  readonly #reach: number;
  readonly #insertPercent: number;
  #caret: number;

  constructor(seed: number, length = START_LENGTH, insertPercent = INSERT_PERCENT) {
    this.#insertPercent = insertPercent;
    this.#random = new SeededRandom(seed);
    this.#reach = Math.floor(length * 0.9);
    this.#caret = this.#random.below(this.#reach);
  }

  get caret(): number {
    return this.#caret;
  }

  next(): Operation {
    if (this.#random.chance(JUMP_PERCENT) || this.#caret >= this.#reach) this.#caret = this.#random.below(this.#reach);
    if (this.#random.chance(this.#insertPercent) || this.#caret < UNITS) {
      inserted += 1;
      const position = this.#caret;
      this.#caret += UNITS;
      return { type: 'insert', position, text: (inserted % ALPHABET ** UNITS).toString(ALPHABET).padStart(UNITS, '0') };
    }
    this.#caret -= UNITS;
    return { type: 'delete', from: this.#caret, to: this.#caret + UNITS };
  }
}
