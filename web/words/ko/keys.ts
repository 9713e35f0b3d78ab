import type { keyWords } from '../en/keys.ts';

export const keys: typeof keyWords = {
  places: { everywhere: '어디서나', document: '문서에서', text: '글에서', home: '문서 목록에서' },
  shortcuts: {
    commands: '명령과 이 단축키 목록',
    find: '찾기 및 바꾸기',
    findNext: '다음 찾기',
    findPrevious: '이전 찾기',
    goToLine: '줄로 이동',
    undo: '내가 한 것만 실행 취소',
    redo: '다시 실행',
    save: '저장되었는지 듣기',
    selectAll: '모두 선택',
    bold: '굵게',
    italic: '기울임꼴',
    link: '링크',
    moveLineUp: '줄을 위로 옮기기',
    moveLineDown: '줄을 아래로 옮기기',
    people: '이 문서의 사람들',
    nextRegion: '화면의 다음 부분으로',
    previousRegion: '화면의 이전 부분으로',
    search: '내 문서 검색',
  },
  enter: '목록이나 인용 이어 쓰기',
  plainBreak: '그냥 줄바꿈',
  tab: '탭 넣기, Shift와 함께 누르면 빼기',
  leaveText: '키보드로 글에서 나가기',
  escape: '열린 것 닫기, 그다음 따라가기 멈추기',
  savingHint:
    '쓰는 동안 모두 저장됩니다. ‘저장됨’이라고 나오면 서버의 디스크에 있습니다. 연결이 끊겨도 계속 쓸 수 있고, 바뀐 내용은 이 기기에서 기다립니다.',
  markdownHint: '제목, 목록, 굵은 글씨, 기울임꼴은 Markdown으로 씁니다.',
};
