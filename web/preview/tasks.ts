const TASK = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+\[([ xX])\](?=\s)/;

/** The sign between the brackets of a task, and where it is. */
export interface TaskSign {
  /** UTF-16 units from the beginning of the text. */
  readonly position: number;
  readonly sign: string;
}

/** The sign of the task on a line, from 0; undefined if there is none. */
export function taskOn(text: string, line: number): TaskSign | undefined {
  const from = lineStart(text, line);
  const end = text.indexOf('\n', from);
  const match = TASK.exec(text.slice(from, end < 0 ? text.length : end));
  if (match === null) return undefined;
  return { position: from + match[0].length - 2, sign: match[1]! };
}

/** Where a line, from 0, begins, in UTF-16 units. */
export function lineStart(text: string, line: number): number {
  let from = 0;
  for (let count = 0; count < line; count += 1) {
    const end = text.indexOf('\n', from);
    if (end < 0) return text.length;
    from = end + 1;
  }
  return from;
}
