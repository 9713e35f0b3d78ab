import { cutWhole } from './graphemes.ts';

/** UTF-16 units, which are 240 bytes at most; file systems take 255. */
const LONGEST_NAME = 80;
/** Characters that file systems refuse, and invisible ones but for those that hold emoji and letters together. */
const UNFIT = /(?![\u200C\u200D\u{E0020}-\u{E007F}])[\p{Cc}\p{Cf}<>:"/\\|?*]/gu;

/** Lets the browser save text as a file. */
export function downloadText(text: string, title: string): void {
  downloadFile(text, 'text/markdown;charset=utf-8', `${fileNameOf(title)}.md`);
}

export function downloadFile(content: string, type: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A title as a file name: without characters that file systems refuse, and with every letter whole. */
export function fileNameOf(title: string): string {
  const name = title
    .replace(UNFIT, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\.+|\.+$/gu, '');
  const kept = cutWhole(name, LONGEST_NAME).trimEnd();
  return /[^\s\p{Cf}]/u.test(kept) ? kept : 'document';
}
