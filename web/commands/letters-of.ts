/** The letters of Korean syllables, in the order of Unicode; the last of what a key more would make is written out. */
const FIRST = 'ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ');
const MIDDLE = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ');
const LAST =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ');

/**
 * The letters that somebody types for a text, small and without accents: Korean syllables as their letters, so that one that is
 * half written is a beginning of the whole one.
 */
export function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[가-힣]/g, (syllable) => {
      const code = syllable.charCodeAt(0) - 0xac00;
      return FIRST[Math.floor(code / 588)]! + MIDDLE[Math.floor((code % 588) / 28)]! + LAST[code % 28]!;
    })
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
}
