import type { problemWords } from '../en/problems.ts';

export const problems: typeof problemWords = {
  unknown: '문제가 생겼습니다.',
  unreachable: '서버에 연결할 수 없습니다. 연결을 확인하고 다시 시도하세요.',
  rate_limited: '요청이 너무 빨랐습니다. 잠시 뒤에 다시 시도하세요.',
  unavailable: '지금은 서버에 저장할 수 없습니다. 잠시 뒤에 다시 시도하세요.',
  internal: '서버에 문제가 생겨 아무것도 바뀌지 않았습니다. 잠시 뒤에 다시 시도하세요.',
  unauthenticated: '로그인이 풀렸습니다. 페이지를 새로고침하세요.',
  forbidden: '지금 역할로는 할 수 없습니다.',
  not_found: '이제 없거나 볼 수 없는 것입니다.',
  last_owner: '문서에는 소유자가 있어야 합니다. 먼저 다른 사람을 소유자로 정하세요.',
  document_too_large: '이 서버에서 허용하는 것보다 문서가 길어집니다.',
  bad_message: '서버가 알아듣지 못했습니다. 바뀐 것은 없습니다.',
  bad_text: '문서에 담을 수 없는 글자가 있습니다.',
  version_conflict: '그사이 다른 사람이 바꿨습니다. 다시 확인하세요.',
  password_required: '이 링크에는 비밀번호가 있습니다.',
  wrong_password: '비밀번호가 맞지 않습니다.',

  onlyOwners: '이 문서의 소유자만 할 수 있습니다.',
  goneOrChanged: '이제 없거나, 그사이 다른 사람이 바꿨습니다.',
};
