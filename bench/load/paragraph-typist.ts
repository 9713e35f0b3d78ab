import type { Operation } from '../../shared/text/operation.ts';

/** UTF-16 units, here bytes too, of one paragraph. */
const PARAGRAPH = 2000;
/** Between the places of two hands. */
const SPACE = 5000;

/** How long a document must be for so many hands. */
export function textFor(hands: number): number {
  return hands * SPACE;
}

/**
 * A hand that pastes a paragraph at a place of its own and takes as much away again, by turns: many bytes travel, and the document
 * stays about as long as it is. It knows no text: nobody takes away more than they have pasted, so what the document began with is
 * there at every version.
 */
export class ParagraphTypist {
  readonly #place: number;
  readonly #paragraph: string;
  #hasPasted = false;

  constructor(hand: number) {
    this.#place = hand * SPACE;
    this.#paragraph = String.fromCharCode('a'.charCodeAt(0) + (hand % 26)).repeat(PARAGRAPH);
  }

  next(): Operation {
    this.#hasPasted = !this.#hasPasted;
    return this.#hasPasted
      ? { type: 'insert', position: this.#place, text: this.#paragraph }
      : { type: 'delete', from: this.#place, to: this.#place + PARAGRAPH };
  }
}
