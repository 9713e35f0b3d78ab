import { replaceEdit, IDENTITY, type Edit } from '../../shared/text/edit.ts';

/**
 * What somebody did in a field that shows `after` in place of `before`, if the caret stands at `caret` then (UTF-16 units). A letter
 * typed among equal ones may be any of them by the texts alone; it is the one before the caret. No surrogate pair is split.
 */
export function typedEdit(before: string, after: string, caret: number): Edit {
  if (before === after) return IDENTITY;
  const shorter = Math.min(before.length, after.length);
  const longestPrefix = commonPrefix(before, after, shorter);
  const longestSuffix = commonSuffix(before, after, shorter);
  // As much of the end as can be kept, unless the caret says that the change ended further on.
  const least = Math.max(0, shorter - longestPrefix);
  const suffix = Math.min(longestSuffix, Math.max(least, after.length - caret));
  const prefix = Math.min(longestPrefix, shorter - suffix);
  const from = splitsPair(before, prefix) || splitsPair(after, prefix) ? prefix - 1 : prefix;
  const isSplit = splitsPair(before, before.length - suffix) || splitsPair(after, after.length - suffix);
  const kept = isSplit ? suffix - 1 : suffix;
  return replaceEdit(from, before.length - kept, after.slice(from, after.length - kept));
}

function commonPrefix(a: string, b: string, most: number): number {
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

function commonSuffix(a: string, b: string, most: number): number {
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return length;
}

function splitsPair(text: string, position: number): boolean {
  const [before, after] = [text.charCodeAt(position - 1), text.charCodeAt(position)];
  return (before & 0xfc00) === 0xd800 && (after & 0xfc00) === 0xdc00;
}
