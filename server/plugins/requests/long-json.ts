import { nanoid } from 'nanoid';
import { RefusalError } from '../../base/refusal.ts';
import type { Slices } from '../../base/slices.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** Bytes of an escape that names a unit, and of any other. */
const UNIT_ESCAPE = 6;
const ESCAPE = 2;
/** Bytes of a text that are read in one slice: a few milliseconds. */
const SLICE = 262_144;
/** Bytes from which a text is read apart from the rest. */
const LONG = 16_384;
/** Bytes of a body beside its long texts. */
const MAXIMUM_REST = 65_536;

/**
 * The value of a JSON body that may be long because texts in it are. They are read in slices, and `parse` is
 * handed the rest, which is short; a body of many small values is refused unread. Throws RefusalError `bad_message`, and what
 * `parse` throws.
 */
export async function parseLongJson(bytes: Buffer, slices: Slices, parse: (json: string) => unknown): Promise<unknown> {
  await slices.next();
  // Stands for a long text in the rest. Nobody can know it, so nobody can send it.
  const mark = nanoid();
  const texts: string[] = [];
  let rest = '';
  let from = 0;
  const keep = (to: number): void => {
    if (rest.length + to - from > MAXIMUM_REST) {
      throw new RefusalError('bad_message', `Beside its texts a body has at most ${MAXIMUM_REST} bytes`);
    }
    rest += bytes.toString('utf8', from, to);
    from = to;
  };
  for (let start = bytes.indexOf(QUOTE); start !== -1; start = bytes.indexOf(QUOTE, from)) {
    keep(start);
    const text = await readText(bytes, slices, start + 1);
    if (text.end - start < LONG) {
      keep(Math.min(text.end + 1, bytes.length));
    } else {
      rest += JSON.stringify(mark + texts.length);
      texts.push(text.value());
      from = text.end + 1;
    }
  }
  keep(bytes.length);
  return withTexts(parse(rest), mark, texts);
}

/** Where the text that begins at `start` ends, and what it says. */
async function readText(bytes: Buffer, slices: Slices, start: number): Promise<{ end: number; value: () => string }> {
  const parts: string[] = [];
  let from = start;
  let at = start;
  const take = (): void => {
    parts.push(unescaped(bytes.toString('utf8', from, at)));
    from = at;
  };
  while (at < bytes.length && bytes[at] !== QUOTE) {
    if (bytes[at] === BACKSLASH) at += bytes[at + 1] === LETTER_U ? UNIT_ESCAPE : ESCAPE;
    else at += 1;
    // Never within a character of several bytes.
    if (at - from >= SLICE && (bytes[at]! & 0xc0) !== 0x80) {
      take();
      await slices.next();
    }
  }
  return {
    end: at,
    value: () => {
      take();
      return parts.join('');
    },
  };
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    throw new RefusalError('bad_message', 'The body is not JSON');
  }
}

/** The value with each mark replaced by its text; what is walked is short. */
function withTexts(value: unknown, mark: string, texts: readonly string[]): unknown {
  const textOf = (word: string): string =>
    word.startsWith(mark) ? (texts[Number(word.slice(mark.length))] ?? word) : word;
  if (typeof value === 'string') return textOf(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => withTexts(each, mark, texts));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [textOf(key), withTexts(each, mark, texts)]));
}
