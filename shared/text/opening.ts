/** How many UTF-16 units of a text are looked at, from its beginning on. */
export const OPENING_LENGTH = 4_000;
/** Units that a heading and a snippet have at most. */
const LONGEST_HEADING = 120;
const LONGEST_SNIPPET = 160;
/** Units of one line that are looked at. */
const LONGEST_LINE = 1_000;

/**
 * What a document is called while nobody has named it: its first heading of Markdown, else its first line with something to see, without
 * marks and on at most 120 UTF-16 units; undefined if there is neither. Looks at the first 4,000 units alone, so it may be asked at every keystroke.
 */
export function headingOf(text: string): string | undefined {
  const lines = linesOf(text);
  const found = headingIn(lines) ?? firstIn(lines);
  return found && shortened(plainOf(lines, found), LONGEST_HEADING);
}

/** What a text says after its heading, without marks, on one line of at most 160 UTF-16 units; empty if there is nothing. */
export function snippetOf(text: string): string {
  const lines = linesOf(text);
  const heading = headingIn(lines) ?? firstIn(lines);
  const after = lines.slice(heading === undefined ? 0 : heading.last + 1);
  return shortened(saidIn(after), LONGEST_SNIPPET);
}

/** What lines of Markdown say, without marks and on one line; empty if there is nothing to see. */
export function saidIn(lines: readonly string[]): string {
  const said = lines.filter((line) => !isFence(line) && !isRule(line)).map(withoutMarks);
  return said.filter((line) => line !== '').join(' ');
}

/** Lines of a text, from where it is read to where it ends. */
interface Place {
  readonly first: number;
  readonly last: number;
}

function linesOf(text: string): string[] {
  const lines = cut(text, OPENING_LENGTH).split('\n');
  return isFrontMatter(lines) ? lines.slice(lines.indexOf('---', 1) + 1) : lines;
}

/** Whether the text begins with what programs read, between two lines of three dashes. */
function isFrontMatter(lines: readonly string[]): boolean {
  return lines[0] === '---' && lines.indexOf('---', 1) > 0 && /^[\w-]+:/.test(lines[1]!);
}

function headingIn(lines: readonly string[]): Place | undefined {
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true) fence = undefined;
    } else if (mark !== undefined) {
      fence = mark;
    } else if (/^ {0,3}#{1,6}[ \t]/.test(line) && withoutMarks(line) !== '') {
      return { first: index, last: index };
    } else if (isUnderline(line) && index > 0 && isParagraph(lines[index - 1]!)) {
      return { first: index - 1, last: index };
    }
  }
  return undefined;
}

function firstIn(lines: readonly string[]): Place | undefined {
  const index = lines.findIndex((line) => !isFence(line) && !isRule(line) && withoutMarks(line) !== '');
  return index < 0 ? undefined : { first: index, last: index };
}

function plainOf(lines: readonly string[], { first }: Place): string {
  return withoutMarks(lines[first]!);
}

function isUnderline(line: string): boolean {
  return /^ {0,3}(=+|-{2,})[ \t]*$/.test(line);
}

/** Whether the underline of a heading may follow the line. */
function isParagraph(line: string): boolean {
  return /^ {0,3}[^\s>#|+*-]/.test(line) && !isFence(line) && withoutMarks(line) !== '';
}

function isFence(line: string): boolean {
  return /^ {0,3}(`{3}|~{3})/.test(line);
}

function isRule(line: string): boolean {
  return /^[ \t]*[-*_=|:](?:[ \t]*[-*_=|:])*[ \t]*$/.test(line);
}

/**
 * A line of Markdown as it is read, at most 1,000 UTF-16 units: without marks, tags and addresses of links, and without what cannot be
 * seen; empty if nothing is left to see. What follows the mark of a heading is its text, also if it looks like an item.
 */
export function withoutMarks(line: string): string {
  const unmarked = cut(line, LONGEST_LINE)
    .replace(/^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+|>)*(?:(?:#{1,6}|\[[ xX]\])[ \t]+)?/, '')
    .replace(/(?<![ \t])[ \t]+#+[ \t]*$/, '')
    .replace(/!?\[([^\][]*)\](?:\([^()\s]*(?:[ \t]+"[^"]*")?\)|\[[^\][]*\])/g, '$1')
    .replace(/(`+)[^`]*\1|<\/?[a-z][a-z0-9-]*(?:[ \t][^<>]*)?\/?>/gi, (found, code?: string) =>
      code === undefined ? '' : found,
    );
  const plain = withoutPairs(unmarked)
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .trim();
  return /[^\s\p{Cf}#*_~`>-]/u.test(plain) ? plain : '';
}

/**
 * A line without the marks that stand in pairs around something. Each mark looks for its partner among those of its kind, from where the
 * last one stopped, so that the time is that of the length; a pattern that goes back would take its square.
 */
function withoutPairs(line: string): string {
  const marks = [...line.matchAll(/(?<!\\)(?:`+|\*+|~{2,}|_{2,})/g)];
  const closing = new Map<string, number[]>();
  for (const { 0: mark, index } of marks) {
    if (!/\S/.test(line.charAt(index - 1))) continue;
    const places = closing.get(mark);
    if (places === undefined) closing.set(mark, [index]);
    else places.push(index);
  }
  let plain = '';
  let read = 0;
  for (const { 0: mark, index } of marks) {
    const start = index + mark.length;
    if (index < read || !/\S/.test(line.charAt(start))) continue;
    const end = nextAfter(closing.get(mark), start);
    if (end === undefined) continue;
    plain += line.slice(read, index) + line.slice(start, end);
    read = end + mark.length;
  }
  return plain + line.slice(read);
}

/** The first of these places, in their order, that is at `start` or after it. Those before are dropped. */
function nextAfter(places: number[] | undefined, start: number): number | undefined {
  while (places !== undefined && places[0]! < start) places.shift();
  return places?.[0];
}

/** The beginning of a text, of at most `longest` units, which end where a letter ends. */
function cut(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

/** A text on at most `longest` units, which end where a letter ends. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${cut(text, longest - 1).trimEnd()}…`;
}
