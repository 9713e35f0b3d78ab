import { partWords } from '../words/en/parts.ts';
import { cutWhole } from './letters.ts';

/** UTF-16 units of a title at most; the server counts characters, which are fewer. */
export const LONGEST_TITLE = 200;

/** The title of a copy of a document, valid for the server whatever the original title is. */
export function copyTitle(title: string): string {
  const suffix = partWords.myCopy;
  const known = title.trim() === '' ? partWords.untitled : title.trim();
  if (known.endsWith(suffix)) return known;
  return cutWhole(known, LONGEST_TITLE - suffix.length).trimEnd() + suffix;
}

/** UTF-16 units, which are 240 bytes at most; file systems take 255. */
const LONGEST_NAME = 80;
/** Characters that file systems refuse, and invisible ones but for those that hold emoji and letters together. */
const UNFIT = /(?![\u200C\u200D\u{E0020}-\u{E007F}])[\p{Cc}\p{Cf}<>:"/\\|?*]/gu;

/** A title as a file name: without characters that file systems refuse, and with every letter whole. */
export function fileNameOf(title: string): string {
  const name = title
    .replace(UNFIT, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\.+|\.+$/gu, '');
  const kept = cutWhole(name, LONGEST_NAME).trimEnd();
  return /[^\s\p{Cf}]/u.test(kept) ? kept : partWords.fileName;
}
