import { isolated } from '../../../shared/isolated.ts';
import type { partWords } from '../en/parts.ts';

export const parts: typeof partWords = {
  close: '닫기',
  larger: '크게',
  smaller: '작게',
  cancel: '취소',
  done: '완료',
  dismiss: '닫기',
  more: '더 보기',
  moreOf: (name) => `${isolated(name)} 더 보기`,
  copied: '복사했습니다',
  linkCopied: '링크를 복사했습니다.',
  notCopied: '복사하지 못했습니다',
  copyByHand: (text) => `브라우저에서 복사를 허용하지 않습니다. 내용: ${text}`,
  retry: '다시 시도',
  restore: '복원',
  untitled: '제목 없음',
  myCopy: ' (내 사본)',
  fileName: '문서',
};
