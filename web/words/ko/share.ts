import type { shareWords } from '../en/share.ts';
import { counted, inList } from '../formats.ts';

export const share: typeof shareWords = {
  share: '공유',
  people: '사람',
  links: '링크',
  loading: '누가 무엇을 할 수 있는지 확인하는 중…',
  copyLink: '링크 복사',

  anyone: '링크가 있는 모든 사람',
  anyoneHint: {
    none: '위에 있는 사람과 초대 링크를 받은 사람만 열 수 있습니다.',
    view: '다른 모든 사람은 읽을 수만 있습니다.',
    comment: '다른 모든 사람은 읽을 수 있고, 댓글 기능이 생기면 댓글도 쓸 수 있습니다.',
    edit: '다른 모든 사람이 읽고 쓸 수 있습니다.',
  },
  anyoneNow: (can) => `링크가 있는 모든 사람: ${can}.`,

  addLabel: '이름으로 사람 추가',
  addRole: '새로 추가할 사람의 역할',
  nobodyFound: (name) => `이 문서나 내 다른 문서에 ‘${name}’(이)라는 사람은 없었습니다.`,
  suggestions: '여기에 왔던 사람',
  found: (count) => counted(count, { other: '#명을 찾았습니다' }),
  wasHere: (when) => `마지막 방문: ${when}`,
  fromElsewhere: '내 다른 문서의 사람',
  added: (name, role) => `${name} 님을 추가했습니다. 역할: ${role}.`,
  more: '더 보기',
  addById: 'ID로 추가',
  idLabel: '로그인 시스템의 ID',
  idHint:
    '여기에 온 적이 없는 사람을 로그인 시스템에서 쓰는 ID입니다. 게스트는 ID가 필요 없습니다. 문서를 열면 목록에 나타납니다.',

  you: '나',
  hereNow: '지금 여기 있음',
  byLink: (can) => `링크로 들어옴: ${can}`,
  roleOf: (name) => `${name} 님의 역할`,
  addAs: '역할 주기…',
  roleIs: (name, role) => `${name}: ${role}.`,
  youAreNow: (role) => `이제 내 역할: ${role}.`,
  newOwner: (name) => `이제 ${name} 님이 소유자이고, 나는 편집자입니다.`,
  remove: '내보내기',
  removeOption: '내보내기…',
  removed: (name) => `${name} 님을 내보냈습니다.`,
  askRemove: (name) => `${name} 님을 내보낼까요?`,
  removeCutsOff: '바로 접근이 끊기고, 가지고 있던 초대 링크로 다시 들어올 수 없습니다.',
  removeKeepsLink: (can) => `이름으로 준 권한만 사라집니다. 링크는 남아 있고, 링크가 있는 모든 사람: ${can}.`,
  askOwner: (name) =>
    `소유자는 나와 똑같은 일을 할 수 있고 나를 내보낼 수도 있습니다. ${name} 님이 나와 함께 소유할까요, 나 대신 소유할까요?`,
  besideMe: '나와 함께',
  inMyPlace: '나 대신, 나는 편집자가 됨',
  askStepDown: (can) => `더 이상 이 문서를 공유하거나 삭제할 수 없습니다. 남는 권한: ${can}. 계속할까요?`,
  stepDown: '소유권 포기',

  yourRole: (role, can) => `${role}: ${can}`,
  noAccess: '이제 접근 권한이 없습니다',
  ownedBy: (owners) => `이 문서의 소유자: ${inList(owners)}.`,
  onlyOwners: '권한은 소유자만 바꿀 수 있습니다.',

  leave: '이 문서에서 나가기…',
  leaveAlso: '목록 제거',
  leaveNow: '나가기',
  askLeave: '이 문서에서 나갈까요? 내 목록에서 사라지고, 이름이나 초대 링크로 받은 권한이 끝납니다.',
  unsaved: '쓴 내용 중 아직 저장되지 않은 것이 있습니다. 저장된 다음에 나가세요.',
  noAnswer: '지금은 서버가 응답하지 않습니다. 잠시 후 다시 시도하세요.',
  nothingToLeave: '나갈 필요가 없습니다. 링크가 있는 모든 사람이 열 수 있는 문서입니다.',
  left: (title) => `‘${title}’에서 나왔습니다.`,
};
