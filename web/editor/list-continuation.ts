/** What Enter does in a line: break it and go on with `insert`, or drop an empty list item's marker. */
export type LineBreak =
  { readonly kind: 'break'; readonly insert: string } | { readonly kind: 'end-list'; readonly markerLength: number };

/** Indentation, then a quote mark, bullet or number, then an optional task box. */
const MARKER = /^([ \t]*)(?:(>)|([-*+])|(\d{1,9})([.)]))([ \t]+)(\[[ xX]\][ \t]+)?/;

/**
 * How a line is broken at `column` (UTF-16 units): lists and quotes go on with their marker, numbers count up, and an item
 * without text ends the list. Everything else keeps its indentation.
 */
export function lineBreakIn(line: string, column: number): LineBreak {
  const marker = MARKER.exec(line);
  if (marker === null || column < marker[0].length) {
    const indent = /^[ \t]*/.exec(line)![0].slice(0, column);
    return { kind: 'break', insert: `\n${indent}` };
  }
  if (line.length === marker[0].length) return { kind: 'end-list', markerLength: marker[0].length };
  const [, indent = '', quote, bullet, number, delimiter = '', space = '', task] = marker;
  const sign = quote ?? bullet ?? `${Number(number) + 1}${delimiter}`;
  return { kind: 'break', insert: `\n${indent}${sign}${space}${task === undefined ? '' : '[ ] '}` };
}
