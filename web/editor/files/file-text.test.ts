import { describe, expect, it } from 'vitest';
import { textOfFile } from './file-text.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let unit = 0; unit < text.length; unit += 1) view.setUint16(unit * 2, text.charCodeAt(unit), isLittle);
  return new Uint8Array(view.buffer);
}

describe('reads right', () => {
  it.each([
    ['UTF-8', utf8('Straße 부산 👋'), 'Straße 부산 👋'],
    ['UTF-8 with a mark', utf8('\ufeffStraße'), 'Straße'],
    ['UTF-16, little end first', utf16('\ufeffStraße 부산 👋', true), 'Straße 부산 👋'],
    ['UTF-16, big end first', utf16('\ufeffStraße 부산', false), 'Straße 부산'],
    ['nothing', new Uint8Array(), ''],
    ['a log with colours', utf8('\x1b[31mred\x1b[0m'), '\x1b[31mred\x1b[0m'],
  ])('%s', (_, bytes, text) => expect(textOfFile(bytes)).toEqual({ text, isGuessed: false }));

  // Node reads Windows-1252 as Latin-1; what differs is tried in e2e/dropped-files.spec.ts.
  it.each([
    ['Latin-1', latin1('Straße Müller'), 'Straße Müller'],
    ['Latin-1 in lines of Windows', latin1('« À bientôt »\r\nNoël'), '« À bientôt »\r\nNoël'],
  ])('%s, and says that it guessed', (_, bytes, text) => expect(textOfFile(bytes)).toEqual({ text, isGuessed: true }));
});

describe('is no text, or none that can be told from another', () => {
  it.each([
    ['an image', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])],
    ['NUL in ASCII', latin1('a\0b')],
    ['controls', latin1('a\x01\x02b')],
    ['UTF-16 without a mark', utf16('Straße', true)],
    ['UTF-16 with half a pair', new Uint8Array([0xff, 0xfe, 0x3d, 0xd8])],
    ['UTF-8 with a mark and broken', new Uint8Array([0xef, 0xbb, 0xbf, 0x41, 0xff])],
    ['Russian in Windows-1251', new Uint8Array([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])],
    ['Korean in EUC-KR among ASCII', new Uint8Array([...latin1('Hello, this is '), 0xba, 0xce, 0xbb, 0xea])],
    ['Japanese in Shift-JIS', new Uint8Array([0x93, 0xfa, 0x96, 0x7b, 0x81, 0x42])],
    ['Greek in short words', new Uint8Array([0xe7, 0xe1, 0x20, 0xf4, 0xef, 0x20, 0xea, 0xe1])],
  ])('%s', (_, bytes) => expect(textOfFile(bytes)).toBeUndefined());
});
