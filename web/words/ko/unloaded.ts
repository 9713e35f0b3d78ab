import type { unloadedWords } from '../en/unloaded.ts';

export const unloaded: typeof unloadedWords = {
  title: '페이지를 불러오지 못했습니다',
  why: '연결이 끊겼거나 방금 Weft가 업데이트되었습니다. 쓴 내용에는 영향이 없습니다.',
  loadAgain: '다시 불러오기',
};
