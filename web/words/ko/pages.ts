import type { pageWords } from '../en/pages.ts';

export const pages: typeof pageWords = {
  goToDocuments: '내 문서로 가기',
  noPage: '여기에는 아무것도 없습니다',
  noPageWhy: '이 링크에 해당하는 페이지가 없습니다.',
  noDocument: '이 문서를 찾을 수 없습니다',
  noDocumentWhy: '삭제되었거나, 나에게 공유되지 않았거나, 링크가 완전하지 않습니다. 링크를 보낸 사람에게 물어보세요.',
  binned: '이 문서는 휴지통에 있습니다',
  binnedWhy: '휴지통에 있는 동안에는 아무도 열 수 없습니다. 복원하면 공유받은 사람들도 다시 열 수 있습니다.',
  damaged: '링크가 손상되었습니다',
  damagedWhy:
    '메일 프로그램 등에서 링크가 바뀌었거나 일부가 빠졌습니다. 링크 전체를 복사하거나, 보낸 사람에게 물어보세요.',

  signIn: '로그인이 필요합니다',
  signInWhy:
    '이 서버는 게스트를 허용하지 않습니다. 함께 쓰는 앱에서 Weft를 여세요. 그 앱이 서버에 누구인지 알려 줍니다.',

  unopened: '지금은 이 문서를 열 수 없습니다',
  unopenedWhat: '문서를 열 수 없음',
  asksAgain: (message) => `${message}. 이 페이지가 가끔 자동으로 다시 시도합니다.`,

  hasPassword: '이 링크에는 비밀번호가 있습니다',
  hasPasswordWhy: '링크를 보낸 사람이 알고 있습니다.',
  password: '비밀번호',
  tooMany: (when) => `시도가 너무 많습니다. ${when} 다시 시도하세요.`,
  openDocument: '문서 열기',
  ended: '이 링크는 사용할 수 없습니다',
  endedWhy:
    '사용이 중지되었거나, 만료되었거나, 문서가 삭제되었거나, 링크의 일부가 빠졌습니다. 보낸 사람에게 새 링크를 요청하세요.',
  notTried: '링크를 확인할 수 없었습니다',
  isOpening: '문서를 여는 중입니다',
  notNeeded: '이 링크는 더 이상 쓸 수 없지만, 링크 없이도 문서를 열 수 있습니다.',
};
