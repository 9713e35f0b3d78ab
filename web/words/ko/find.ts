import type { findWords } from '../en/find.ts';
import { counted, inDigits } from '../formats.ts';

export const find: typeof findWords = {
  find: '찾기',
  replace: '바꾸기',
  replaceAll: '모두 바꾸기',
  more: '바꾸기와 옵션',
  next: '다음',
  previous: '이전',
  matchCase: '대소문자 구분',
  wholeWords: '단어 단위로',
  close: '닫기',
  none: '없음',
  placeOf: (place, all) => `${all}개 중 ${inDigits(place)}번째`,
  andMore: (count) => `${inDigits(count)}+`,
  currentMatch: '현재 위치',
  replacedOnLine: '$번째 줄에서 바꾸었습니다',
  replacedMany: '$개를 바꾸었습니다',
  onLine: '줄',
  goToLine: '줄로 이동',
  lineNumber: '줄 번호',
  ofLines: (count) => counted(count, { other: '전체 #줄' }),
  go: '이동',
};
