import type { previewWords } from '../en/preview.ts';
import { inDigits } from '../formats.ts';

export const preview: typeof previewWords = {
  preview: '미리보기',
  close: '미리보기 닫기',
  print: '인쇄…',
  copyRichText: '서식 있는 텍스트로 복사',
  copied: '서식 있는 텍스트로 복사했습니다.',
  notCopied: '브라우저가 복사를 허용하지 않았습니다. 미리보기에서 글을 선택해 복사하세요.',
  empty: '아직 아무것도 쓰지 않았습니다.',
  tooLong: (length, most) =>
    `문서가 너무 길어 미리 볼 수 없습니다. ${inDigits(length)}자이며, 미리보기는 ${inDigits(most)}자까지 보여 줍니다.`,
  longPart: '이 부분은 너무 길어 미리 볼 수 없습니다.',
  slow: '이 글은 미리보기를 만드는 데 너무 오래 걸립니다.',
  unloaded: '미리보기를 불러오지 못했습니다.',
  notTicked: '그사이 할 일이 바뀌었습니다. 다시 표시하세요.',
  task: '할 일',
  alerts: { note: '참고', tip: '팁', important: '중요', warning: '경고', caution: '주의' },
  noHeadings: '#으로 시작하는 줄은 제목이 되어 여기에 나타납니다.',
  untitledHeading: '빈 제목',
};
