import { graphemes } from './graphemes.ts';

/** What a person sees as the first letter: a whole emoji, syllable, or letter with its marks. */
function firstGrapheme(text: string): string {
  for (const { segment } of graphemes().segment(text)) return segment;
  return '';
}

/** What a person is called where there is little room: the first word of their name. */
export function firstNameOf(name: string): string {
  return name.trim().split(/\s+/u, 1)[0]!;
}

/** One or two letters for an avatar; a whole emoji or syllable counts as one letter. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = firstGrapheme(words[0] ?? '');
  const last = words.length > 1 ? firstGrapheme(words.at(-1)!) : '';
  const isWide = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}]/u;
  return isWide.test(first) ? first : (first + last).toLocaleUpperCase();
}
