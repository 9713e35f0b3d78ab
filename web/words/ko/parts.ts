import type { partWords } from '../en/parts.ts';

export const parts: typeof partWords = {
  close: '닫기',
  larger: '크게',
  smaller: '작게',
  cancel: '취소',
  done: '완료',
  more: '더 보기',
  retry: '다시 시도',
  untitled: '제목 없음',
};
