import type { embedWords } from '../en/embed.ts';
import { inDigits } from '../formats.ts';

export const embed: typeof embedWords = {
  openInWeft: 'Weft에서 열기',
  fillIn: '여기에 내용을 쓰세요.',
  tooLong: (most, length) => `이 글을 ${inDigits(most)}자 이내로 줄이세요. 지금은 ${inDigits(length)}자입니다.`,
  notSavedYet: '이 글은 아직 저장되지 않았습니다.',
  viewerReadsOnly: '여기서는 이 문서를 읽을 수 있지만 고칠 수는 없습니다.',
  signedOutWhy: '서버가 누구인지 확인할 수 없습니다.',
  notHereWhy: '이 문서는 여기에 표시할 수 없습니다.',
  elsewhereWhy: '같은 세션으로 다른 곳에서 열렸습니다.',
  outdatedWhy: '이 페이지의 편집기가 서버보다 오래되었습니다.',
  noOrigin: '이 프레임의 sandbox 속성에 allow-same-origin이 필요합니다.',
  textIsHere: '쓴 글은 아직 여기에 있습니다.',
};
