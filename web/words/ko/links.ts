import type { linkWords } from '../en/links.ts';
import { counted } from '../formats.ts';

export const links: typeof linkWords = {
  heading: '초대 링크',
  hint: '여러 사람에게 따로 주는 링크입니다. 역할, 기한, 비밀번호를 정할 수 있고, 언제든지 사용을 중지할 수 있습니다.',
  newLink: '새 초대 링크',
  none: '아직 초대 링크가 없습니다.',
  linkFor: { editor: '편집자용 링크', commenter: '댓글 작성자용 링크', viewer: '뷰어용 링크' },
  role: '이 링크가 있는 모든 사람',
  ends: '기한',
  endsAt: '끝나는 시각',
  name: '이름(내 목록에만 표시)',
  nameExample: '3학년 2반',
  password: '비밀번호(선택 사항)',
  openAnyway: {
    view: '링크가 있는 모든 사람이 이미 읽을 수 있습니다.',
    comment: '링크가 있는 모든 사람이 이미 읽고 댓글을 쓸 수 있습니다.',
    edit: '링크가 있는 모든 사람이 이미 읽고 쓸 수 있습니다.',
  },
  changeAccess: '변경',
  passwordHint: '비밀번호는 링크와 다른 방법으로 알려 주세요. 다시 볼 수 없습니다.',
  make: '링크 만들기',
  made: '링크를 만들었습니다. 복사하거나 QR 코드로 보여 주세요.',

  expiries: {
    never: '없음',
    hour: '1시간 뒤',
    day: '하루 뒤',
    week: '일주일 뒤',
    month: '30일 뒤',
    chosen: '직접 고르기…',
  },
  noEnd: '링크의 기한을 정하세요.',
  pastEnd: '끝나는 시각은 지금보다 뒤여야 합니다.',
  neverEnds: '기한 없음',
  endsOn: (time) => `${time}에 끝남`,
  endedOn: (time) => `${time}에 끝났음`,

  withPassword: '비밀번호 있음',
  notUsed: '아직 쓰이지 않음',
  used: (count, when) => counted(count, { other: `#명이 사용, 마지막: ${when}` }),
  copy: '복사',
  qrCode: 'QR 코드',
  qrCodeOf: (name) => `${name}의 QR 코드`,
  revoke: '사용 중지',
  revokeName: (name) => `${name} 사용 중지`,
  askRemove: (name) => `${name}을(를) 목록에서 지울까요?`,
  askRevoke: (name) =>
    `${name} 링크의 사용을 중지할까요? 이 링크로 들어온 사람은 받은 권한을 바로 잃습니다. 되돌릴 수 없습니다.`,
  revoked: (name) => `${name} 링크의 사용을 중지했습니다.`,

  qrLabel: (name, link) => `${name} 링크의 QR 코드: ${link}`,
  asText: '글자로 보기',
  download: 'SVG 내려받기',
  print: '인쇄',

  wrongPassword: '비밀번호가 맞지 않습니다.',
  waitSeconds: (seconds) => counted(seconds, { other: '#초 뒤' }),
  waitMinutes: (minutes) => counted(minutes, { other: '#분 뒤' }),
};
