import { inDigits } from '../formats.ts';
import type { troubleWords } from '../en/trouble.ts';

const STILL_HERE = '쓴 글은 아직 이 탭에 있습니다.';

export const trouble: typeof troubleWords = {
  accessEndedWhy: `이 문서는 더 이상 나에게 공유되지 않습니다. ${STILL_HERE}`,
  readOnlyWhy: `더 이상 여기에 쓸 수 없습니다. ${STILL_HERE}`,
  deletedWhy: `이 문서는 더 이상 열 수 없습니다. ${STILL_HERE}`,
  binnedWhy: `복원할 때까지 아무도 이 문서를 열 수 없습니다. ${STILL_HERE}`,
  elsewhereWhy: '다른 탭에서 이 작업을 이어받았습니다.',
  signedOutWhy: '서버가 더 이상 누구인지 알지 못합니다. 계속하려면 새로고침하세요.',
  outdatedWhy: '이 페이지가 서버보다 오래되었습니다. 새로고침하세요.',
  tooLargeWhy: '문서가 최대 크기에 도달했습니다. 글을 조금 지우세요.',
  notTakenWhy: '서버가 마지막 변경을 받지 않았습니다. 글을 복사한 다음 새로고침하세요.',

  unsavedLeft: (count) => `내 변경 ${inDigits(count)}개가 저장되지 않았습니다.`,
  readOn: '내 변경을 버리고 계속 읽기',
  reload: '새로고침',

  stuck: '아직 저장되지 않음',
  silent: '서버가 응답하지 않습니다.',
  serverSays: (message) => `서버의 답: ${message}.`,
  keptUntilThen: '쓴 내용은 이 기기에 보관되며, 서버가 가능해지는 대로 저장됩니다.',
  openUntilThen: '이 탭을 열어 두세요. 서버가 저장할 때까지 쓴 내용은 여기에만 있습니다.',

  olderCopy:
    '서버가 이 문서의 이전 사본으로 돌아갔습니다. 아직 보내지 않은 내용은 그 사본에 더해졌고, 이전에 있던 글은 이 탭에 보관되어 있습니다.',
  someRefused: (message) => `일부 변경을 저장할 수 없었습니다: ${message}. 전체 글은 여기에 보관되어 있습니다.`,
  notKept: '이 기기에 보관되지 않음',
  notKeptWhy: '이 브라우저에서는 Weft가 변경을 보관할 수 없습니다. 이 탭을 닫으면 저장되지 않은 내용이 사라집니다.',
  plain: '일반 텍스트로 표시됨',
  plainWhy: '이 글을 마크다운으로 읽는 동안 페이지가 멈추었습니다.',
  showMarkdown: '마크다운으로 보기',

  saveAsNew: '새 문서로 저장',
  openNew: '새 문서 열기',
  copyText: '글 복사',
  download: '내려받기',
  textCopied: '글을 복사했습니다',
  cannotCopy: '브라우저가 복사를 허용하지 않습니다.',
  useDownload: '브라우저가 복사를 허용하지 않습니다. 내려받기를 사용하세요.',
  savedAsNew: '글을 새 문서로 저장했습니다.',
  notSavedAsNew: (why) => `새 문서로 저장할 수 없었습니다. ${why}`,

  forHelpers: '도와주는 사람을 위한 정보',
  copyDetails: '정보 복사',
  detailsCopied: '정보를 복사했습니다',
  what: '문제',
  code: '코드',
  document: '문서',
  connection: '연결',
  noConnection: '없음',
  version: '버전',
  unsaved: '저장되지 않은 변경',
  time: '시각',
};
