import type { homeWords } from '../en/home.ts';
import { counted, inList } from '../formats.ts';

export const home: typeof homeWords = {
  heading: '문서',
  loading: '문서를 불러오고 있습니다',
  failed: '문서를 표시할 수 없습니다',
  search: '문서 검색',
  searchShort: '검색',
  clearSearch: '검색어 지우기',
  newShort: '새로 만들기',
  newDocument: '새 문서',
  newFrom: '템플릿으로 새로 만들기',
  blank: '빈 문서',

  show: '보기',
  shown: { all: '전체', mine: '내 문서', shared: '공유받은 문서', watched: '지켜보는 중', bin: '휴지통' },
  sorted: { edited: '최근 수정순', opened: '최근 열람순', title: '제목순', created: '최근 생성순' },
  sortedBy: (order) => `정렬: ${order}`,

  here: '지금 사람이 있는 문서',
  today: '오늘',
  thisWeek: '이번 주',
  thisMonth: '이번 달',
  neverOpened: '아직 열지 않음',
  news: (count) => counted(count, { other: '새 소식 #개' }),
  showNews: (count) => counted(count, { other: '새로 생기거나 바뀐 문서 #개 보기' }),

  isNew: '새 소식:',
  changes: (count, by) =>
    by.length === 0
      ? counted(count, { other: '마지막으로 본 뒤 변경 #개' })
      : `마지막으로 본 뒤 ${inList(by)} 님의 ${counted(count, { other: '변경 #개' })}`,
  inThere: (names) => `지금 있는 사람: ${inList(names)}`,
  others: (count) => counted(count, { other: '외 #명' }),
  you: '나',
  watched: '지켜보는 문서',
  opened: (time) => `${time}에 열람`,
  created: (time) => `${time}에 생성`,
  inBinSince: (time) => `${time} 휴지통으로 이동`,

  moreFor: (title) => `${title} 더 보기`,
  open: '새 탭에서 열기',
  rename: '이름 바꾸기…',
  newTitle: '새 제목',
  duplicate: '복제',
  copyOf: (title) => `${title} (사본)`,
  watch: '지켜보기',
  unwatch: '그만 지켜보기',
  copyLink: '링크 복사',
  toBin: '휴지통으로 이동',
  binAlso: '삭제 지우기 제거',
  binUnsaved: '쓴 내용 중 아직 저장되지 않은 것이 있습니다. 저장된 다음에 휴지통으로 옮기세요.',
  restoreOne: (title) => `${title} 복원`,
  deleteForGood: '완전히 삭제…',
  deleteNow: '완전히 삭제',
  deleteQuestion: '완전히 삭제할까요?',
  deleteMeans: (title) => `“${title}” 문서의 본문과 전체 기록이 모든 사람에게서 사라지며, 되돌릴 수 없습니다.`,

  titleProblem: (problem) => `제목: ${problem}`,
  renamed: (title) => `이름을 ${title}(으)로 바꿨습니다.`,
  binned: (title) => `“${title}” 문서를 휴지통으로 옮겼습니다`,
  restored: (title) => `“${title}” 문서를 복원했습니다`,
  deleted: (title) => `“${title}” 문서를 완전히 삭제했습니다`,
  duplicated: (title) => `“${title}” 문서를 만들었습니다`,
  openIt: '열기',
  undo: '실행 취소',
  watching: (title) => `${title} 문서를 지켜봅니다.`,
  notWatching: (title) => `${title} 문서를 더 이상 지켜보지 않습니다.`,

  found: (count, hasMore) =>
    counted(count, { other: hasMore ? '문서를 #개 넘게 찾았습니다' : '문서를 #개 찾았습니다' }),
  nothingFound: (words) => `“${words}”에 대한 검색 결과가 없습니다`,
  nothingFoundHint: '제목과 본문을 검색합니다. 단어를 줄이거나 전체 문서에서 찾아보세요.',
  none: {
    mine: '아직 만든 문서가 없습니다.',
    shared: '아직 다른 사람의 문서가 없습니다. 링크로 연 문서가 여기에 나타납니다.',
    watched: '지켜보는 문서가 없습니다. 각 문서의 메뉴에서 ‘지켜보기’를 선택하세요.',
    bin: '휴지통이 비어 있습니다.',
  },
  loadMore: '더 보기',
  inBin: '휴지통에 있는 문서',

  welcome: '함께 쓰기',
  welcomeText:
    '문서를 만들고 링크를 보내 보세요. 링크를 연 모든 사람이 같은 글을 동시에 씁니다. ‘저장됨’이라고 표시된 내용은 이 서버의 디스크에 있습니다.',
  startWith: '시작하기',
  gotLink: '링크를 받으셨나요?',
  linkHint: '여기에 붙여 넣으세요',
  openLink: '열기',
  linkEmpty: '먼저 문서 링크를 붙여 넣으세요.',
  linkElsewhere: (host) => `이 링크는 이 서버가 아니라 ${host}(으)로 연결됩니다. 브라우저의 새 탭에서 여세요.`,
  linkUnclear: '문서 링크의 일부가 빠졌습니다. 처음부터 끝까지 다시 복사해 주세요.',

  guestTitle: '게스트로 이용 중입니다',
  guestShort: '이름과 이 목록은 이 브라우저에만 있습니다.',
  guestText: (name) =>
    `이 브라우저의 쿠키가 ${name} 님을 기억합니다. 다른 브라우저를 쓰거나 쿠키를 지우면 새로운 사람이 되고 이 목록도 비워집니다.`,
  guestKeep:
    '문서 링크를 보관하거나 나를 위한 초대 링크를 만들어 두세요. 어디서나 그 문서로 돌아올 수 있습니다. 이름과 목록은 로그인한 앱에서 Weft를 열 때만 따라옵니다.',
  guestDone: '확인',
};
