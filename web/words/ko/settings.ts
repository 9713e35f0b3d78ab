import type { settingWords } from '../en/settings.ts';

export const settings: typeof settingWords = {
  title: '설정',
  you: '나',
  text: '글',
  language: '언어',
  notKnown: '아직 누구인지 알 수 없습니다. 서버에 연결되지 않았습니다.',
  textSize: '글자 크기',
  sizes: { small: '작게', usual: '보통', large: '크게', largest: '가장 크게' },
  sample: '동해 물과 백두산이 마르고 닳도록',
  lineNumbers: '줄 번호',
  lineNumbersHint: '여백에 보입니다. 번호로 줄을 찾아갈 수도 있습니다.',
  focusMode: '지금 문단에 집중',
  focusModeHint: '쓰고 있는 문단만 또렷하게 보입니다.',
  spelling: '맞춤법 검사',
  spellingHint: '브라우저가 모르는 낱말에 표시합니다.',
  onlyYou: '나에게만 보입니다. 이 브라우저에 보관됩니다.',
  languageOfWeft: 'Weft의 언어',
  asBrowser: '브라우저 설정에 따름',
  languageHint: '문서의 내용은 바뀌지 않습니다.',
};
