import type { appWords } from '../en/app.ts';
import { counted } from '../formats.ts';

export const app: typeof appWords = {
  joined: (names) => `${names} 님이 들어왔습니다.`,
  left: (names) => `${names} 님이 나갔습니다.`,
  manyJoined: (count) => counted(count, { other: '#명이 들어왔습니다.' }),
  manyLeft: (count) => counted(count, { other: '#명이 나갔습니다.' }),

  page: '페이지',
  commands: '명령',
  openCommands: '명령…',
  language: '언어',
  settings: '설정',
  outdated: (what) => `불러오지 못했습니다: ${what}. Weft가 업데이트되었을 수 있습니다. 쓴 글에는 영향이 없습니다.`,
  unloaded: (what) => `불러오지 못했습니다: ${what}. 서버에 연결할 수 없습니다. 연결되면 다시 시도하세요.`,
  reload: '새로고침',

  notChanged: (value, reason) => `‘${value}’(으)로 바꾸지 못했습니다. ${reason}`,
  notSavedYet: '아직 저장되지 않았습니다. 여기에 보관하고, 서버가 받는 대로 보냅니다.',
};
