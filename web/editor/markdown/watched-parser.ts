import { Parser, type Input, type PartialParse, type TreeFragment } from '@lezer/common';

/** Milliseconds that one step of reading may take; the keys that wait for longer are felt as a page that hangs. */
export const SLOWEST_STEP = 500;

/** A parser that tells, once, when one of its steps, which cannot be interrupted, took longer than `SLOWEST_STEP`. */
export class WatchedParser extends Parser {
  readonly #parser: Parser;
  readonly #now: () => number;
  #tell: (() => void) | undefined;

  /** `now` in milliseconds, from a clock that nobody sets. */
  constructor(parser: Parser, tell: () => void, now: () => number) {
    super();
    this.#parser = parser;
    this.#tell = tell;
    this.#now = now;
  }

  override createParse(
    input: Input,
    fragments: readonly TreeFragment[],
    ranges: readonly { from: number; to: number }[],
  ): PartialParse {
    const parse = this.#parser.createParse(input, fragments, ranges);
    const watch = <Result>(step: () => Result): Result => {
      const begun = this.#now();
      const result = step();
      if (this.#now() - begun > SLOWEST_STEP) {
        this.#tell?.();
        this.#tell = undefined;
      }
      return result;
    };
    return {
      advance: () => watch(() => parse.advance()),
      get parsedPos() {
        return parse.parsedPos;
      },
      stopAt: (position) => parse.stopAt(position),
      get stoppedAt() {
        return parse.stoppedAt;
      },
    };
  }
}
