import type { fileWords } from '../en/files.ts';

export const files: typeof fileWords = {
  tooLarge: '파일이 문서에 넣기에는 너무 큽니다.',
  allTooLarge: '파일들이 문서에 넣기에는 너무 큽니다.',
  unreadable: (name) => `‘${name}’ 파일을 읽을 수 없습니다.`,
  notText: (name) =>
    `‘${name}’ 파일은 텍스트가 아니거나 인코딩을 알 수 없어 넣지 않았습니다. UTF-8로 저장한 뒤 다시 시도하세요.`,
  guessed: (name) =>
    `‘${name}’ 파일은 UTF-8이 아니어서 서유럽 인코딩으로 읽었습니다. 이상해 보이면 실행 취소를 하세요.`,
};
