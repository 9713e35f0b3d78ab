import type { countWords } from '../en/counts.ts';
import { counted } from '../formats.ts';

export const counts: typeof countWords = {
  words: (count) => counted(count, { other: '단어 #개' }),
  characters: (count) => counted(count, { other: '글자 #개' }),
  someOf: (some, all) => `${all} 중 ${some}개`,
};
