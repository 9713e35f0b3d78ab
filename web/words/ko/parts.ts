import { isolated } from '../../../shared/isolated.ts';
import type { partWords } from '../en/parts.ts';

export const parts: typeof partWords = {
  close: '닫기',
  larger: '크게',
  smaller: '작게',
  cancel: '취소',
  done: '완료',
  dismiss: '치우기',
  more: '더 보기',
  moreOf: (name) => `${isolated(name)} 더 보기`,
  copied: '복사했어요',
  notCopied: '복사하지 못했어요',
  copyByHand: (text) => `브라우저가 복사를 허용하지 않아요. 내용: ${text}`,
  retry: '다시 시도',
  untitled: '제목 없음',
};
