import { withoutMarks } from '../../shared/text/opening.ts';

/** A heading of a text. */
export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  /** Without the signs of Markdown. */
  readonly title: string;
  /** From 0. */
  readonly line: number;
  /** Where the line begins, in UTF-16 units. */
  readonly position: number;
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
/** Lines that no heading with an underline can follow: quotes, items, tables, code, rules and empty lines are no paragraphs. */
const NO_PARAGRAPH =
  /^(?: {4,}|\t| {0,3}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|([-*_])(?:[ \t]*\1){2,}[ \t]*$)|\s*$)/;
/** UTF-16 units of a line that is looked at, and of a title. */
const LONGEST_LINE = 1_000;
/** Headings of one outline; those that follow are left out. */
export const MOST_HEADINGS = 1_000;

/**
 * The headings of a text, with one or more `#` or underlined, in order; not those in code, comments, quotes and lists. Reads every
 * line once.
 */
export function outlineOf(text: string): Heading[] {
  const headings: Heading[] = [];
  /** What ends the code or comment that the line is in. */
  let inside: RegExp | undefined;
  /** The first line of the paragraph so far. */
  let paragraph: { line: number; position: number; title: string } | undefined;
  let position = 0;
  for (let line = 0; position <= text.length && headings.length < MOST_HEADINGS; line += 1) {
    const end = text.indexOf('\n', position);
    const content = text.slice(position, Math.min(end < 0 ? text.length : end, position + LONGEST_LINE)).trimEnd();
    const [start, at] = [position, paragraph];
    position = end < 0 ? text.length + 1 : end + 1;
    if (inside !== undefined) {
      if (inside.test(content)) inside = undefined;
      continue;
    }
    paragraph = undefined;
    const fence = FENCE.exec(content)?.[1];
    const heading = ATX.exec(content);
    if (fence !== undefined) inside = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}[ \\t]*$`);
    else if (/^ {0,3}<!--(?!.*-->)/.test(content)) inside = /-->/;
    else if (heading !== null) {
      const title = withoutMarks(content);
      headings.push({ level: heading[1]!.length, title, line, position: start });
    } else if (at !== undefined && UNDERLINE.test(content)) {
      const level = content.trimStart().startsWith('=') ? 1 : 2;
      headings.push({ ...at, level, title: withoutMarks(at.title) });
    } else if (at !== undefined && content !== '' && !NO_PARAGRAPH.test(content)) {
      paragraph = { ...at, title: at.title.length < LONGEST_LINE ? `${at.title} ${content.trim()}` : at.title };
    } else if (!NO_PARAGRAPH.test(content)) paragraph = { line, position: start, title: content.trim() };
  }
  return headings;
}

/** The index of the heading under which a line is; -1 before the first one. */
export function headingAt(headings: readonly Heading[], line: number): number {
  return headings.findLastIndex((heading) => heading.line <= line);
}
