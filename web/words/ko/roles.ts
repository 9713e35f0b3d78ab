import type { roleWords } from '../en/roles.ts';

export const roles: typeof roleWords = {
  owner: '소유자',
  editor: '편집자',
  commenter: '댓글 작성자',
  viewer: '뷰어',
  ownerCan: '읽기, 쓰기, 공유, 삭제 가능',
  editorCan: '읽기와 쓰기 가능',
  commenterCan: '읽기와 댓글 가능',
  viewerCan: '읽기 가능',
  none: '열 수 없음',
  view: '읽을 수 있음',
  comment: '읽고 댓글을 쓸 수 있음',
  edit: '읽고 쓸 수 있음',
};
