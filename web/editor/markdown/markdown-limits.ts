import { Parser, type Input, type PartialParse, type TreeFragment } from '@lezer/common';
import type { BlockContext, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';

/** In UTF-16 units; a longer paragraph is read as several. */
export const LONGEST_PARAGRAPH = 5_000;
/** In UTF-16 units; a longer line is plain text. */
export const LONGEST_LINE = 10_000;
/** In UTF-16 units; a line with a longer row of letters and signs of ASCII, or of spaces, is plain text. */
export const LONGEST_ROW = 1_000;
/** Delimiters that are read in one paragraph; the rest of it is plain text. */
export const MOST_SIGNS = 500;
/** Quotes, lists and items that may stand in each other; what is deeper is plain text. */
export const DEEPEST = 40;

/** Every sign that starts an inline construct of Markdown or of GFM; of those the parser may look back at all others. */
const SIGNS = new Set(Array.from('*_[]!`<&~\\', (sign) => sign.charCodeAt(0)));

const LONG_ROW = new RegExp(`[!-~]{${LONGEST_ROW + 1}}|[ \\t]{${LONGEST_ROW + 1}}`);

const signsOf = new WeakMap<InlineContext, number>();

/** True for a line that must not be read as Markdown. */
function isBeyond(context: BlockContext, line: Line): boolean {
  const { length } = line.text;
  return length > LONGEST_LINE || context.depth > DEEPEST || (length > LONGEST_ROW && LONG_ROW.test(line.text));
}

/**
 * Bounds the work for a text that was made to be slow. The parser cannot be interrupted within a paragraph: there its work grows
 * with the square of the delimiters (60 kB of `_*` took 77 s on a busy machine), of an address and of a row of spaces. Nor can it
 * be within a line, where it grows with the depth. And it reads the whole paragraph again at every key. Ending a long paragraph
 * early costs no more than emphasis that reaches over that line break.
 */
export const markdownLimits: MarkdownConfig = {
  parseBlock: [
    {
      name: 'LimitedLine',
      before: 'IndentedCode',
      parse(context, line) {
        if (!isBeyond(context, line)) return false;
        const from = context.lineStart + line.pos;
        const to = context.lineStart + line.text.length;
        context.nextLine();
        context.addElement(context.elt('Paragraph', from, to));
        return true;
      },
      endLeaf: (context, line, leaf) => context.lineStart - leaf.start > LONGEST_PARAGRAPH || isBeyond(context, line),
    },
  ],
  parseInline: [
    {
      name: 'LimitedSigns',
      before: 'Escape',
      parse(context, next) {
        if (!SIGNS.has(next)) return -1;
        const count = (signsOf.get(context) ?? 0) + 1;
        signsOf.set(context, count);
        return count > MOST_SIGNS ? context.end : -1;
      },
    },
  ],
};

/** Milliseconds that one step of parsing may take. Keys that wait longer feel like a page that hangs. */
export const SLOWEST_STEP = 500;

/** A parser that calls `tell` once, after the first step that took longer than `SLOWEST_STEP`. Steps cannot be interrupted. */
export class WatchedParser extends Parser {
  readonly #parser: Parser;
  readonly #now: () => number;
  #tell: (() => void) | undefined;

  /** `now`: milliseconds of a monotonic clock. */
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
