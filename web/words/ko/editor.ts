import type { editorWords } from '../en/editor.ts';
import { inDigits } from '../formats.ts';

export const editor: typeof editorWords = {
  label: '문서 본문',
  placeholder: '여기에 쓰기 시작하세요…',
  nothingYet: '아직 아무것도 쓰여 있지 않습니다.',
  refused: '여기서는 그렇게 바꿀 수 없습니다.',
  atLimit: (length) => `여기에는 ${inDigits(length)}자까지만 쓸 수 있습니다.`,
  ticked: '완료로 표시했습니다',
  cleared: '완료 표시를 지웠습니다',
  opensLink: (key) => `${key}+클릭하면 링크가 열립니다`,
  openLink: '열기',
  copyLink: '복사',
  linkMenu: '링크',
  search: '찾기 기능',
  goToLine: '줄 이동 기능',
  linkPart: '링크 메뉴',
  textSettings: '본문의 일부',
};
