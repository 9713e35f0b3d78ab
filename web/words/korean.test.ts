import { expect, it } from 'vitest';
import { textsOf } from '../testing/catalogue-texts.ts';
import { catalogue } from './ko/catalogue.ts';

/** What is written in Latin letters in Korean too. */
const LATIN =
  /Weft|sandbox|allow-same-origin|Markdown|QR|SVG|PNG|PDF|HTML|ID|URL|UTF-8|GitHub|WebSocket|SDK|JS|WEFT_[A-Z_]+|npm|weftdoc|English|Tab|Esc(ape)?|Shift|Enter|Ctrl|https?(:\S+)?|\bn\b/g;

const texts = textsOf(catalogue, '');

function breaking(isBroken: (text: string, name: string) => boolean): string[] {
  return texts.filter(([name, text]) => isBroken(text, name)).map(([name, text]) => `${name}: ${text}`);
}

it('leaves nothing in English', () => {
  expect(texts.length).toBeGreaterThan(50);
  // Words by which a command is found may be in both languages.
  expect(breaking((text, name) => /[a-z]{2,}/i.test(text.replace(LATIN, '')) && !/Also$/.test(name))).toEqual([]);
});

it('speaks politely and the same everywhere: -습니다 and -세요', () => {
  expect(breaking((text) => /(?<!다|세요|까요|죠|…)\.$/.test(text))).toEqual([]);
  expect(breaking((text) => /(해요|어요|아요|에요|예요|돼요|네요)([.…\s’”]|$)/.test(text))).toEqual([]);
});

it('calls things by one name', () => {
  expect(breaking((text) => /사용자|유저|당신/.test(text))).toEqual([]);
  expect(breaking((text) => /쓰레기통|삭제함/.test(text))).toEqual([]);
  expect(breaking((text) => /공유 링크|주소/.test(text))).toEqual([]);
  expect(breaking((text) => /팔로우|히스토리|프리뷰|미리 보기/.test(text))).toEqual([]);
});
