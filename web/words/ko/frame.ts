import { inDigits } from '../formats.ts';
import type { frameWords } from '../en/frame.ts';

export const frame: typeof frameWords = {
  allDocuments: '모든 문서',
  skip: '본문으로 건너뛰기',
  document: '문서',
  opening: '문서를 여는 중…',
  title: '제목',
  titleProblem: (problem) => `제목: ${problem}`,
  beside: '본문 옆',
  people: '사람',
  nextNotice: (at, all) => `알림 ${inDigits(all)}개 중 ${inDigits(at)}번째. 다음 알림 보기`,
  noticeAt: (at, all) => `${inDigits(at)}/${inDigits(all)}`,
  details: '자세히',

  share: '공유',
  shareAlso: '초대 사람 링크 권한',
  find: '찾기 및 바꾸기',
  copyLink: '링크 복사',
  download: '마크다운으로 내려받기',
  outline: '개요',
  checkSaved: '모두 저장되었는지 확인',
  nextRegion: '페이지의 다음 영역',
  previousRegion: '페이지의 이전 영역',

  partOfPage: '페이지의 일부',
};
