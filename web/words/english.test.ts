import { expect, it } from 'vitest';
import { textsOf } from '../testing/catalogue-texts.ts';

type Words = Readonly<Record<string, unknown>>;

const modules = import.meta.glob<Words>('./en/*.ts', { eager: true });

/** Names, and keys as they are printed on keyboards, which are written large anywhere. */
const NAMES =
  /\b(Weft|Markdown|QR|SVG|PNG|PDF|HTML|ID|URL|UTF-8|GitHub|Korean|English|Tab|Escape|Shift|Enter|Ctrl|Western European|SDK|JS|WEFT_[A-Z_]+|I)\b/g;

const texts = Object.entries(modules).flatMap(([file, module]) =>
  Object.values(module).flatMap((words) => textsOf(words, /(\w[\w-]*)\.ts$/.exec(file)![1]!)),
);

/** The names of the texts that break a rule. */
function breaking(rule: RegExp): string[] {
  return texts.filter(([, text]) => rule.test(text)).map(([name, text]) => `${name}: ${text}`);
}

it('asks without please and says without exclamation marks', () => {
  expect(texts.length).toBeGreaterThan(50);
  expect(breaking(/\bplease\b/i)).toEqual([]);
  expect(breaking(/!(\s|$)/)).toEqual([]);
});

it('names people, links and the bin by their names', () => {
  expect(breaking(/\busers?\b/i)).toEqual([]);
  expect(breaking(/\baddress(es)?\b/i)).toEqual([]);
  expect(breaking(/\btrash\b/i)).toEqual([]);
  expect(breaking(/\bshare links?\b/i)).toEqual([]);
});

it('says can of what is allowed; may is for what could be', () => {
  expect(breaking(/\bmay\b(?! (have|be|not|need|take|come|differ|still)\b)/i)).toEqual([]);
});

it('writes one sign for three points, and for quotes and apostrophes those of print', () => {
  expect(breaking(/\.\.\./)).toEqual([]);
  expect(breaking(/\p{L}'\p{L}|"\p{L}/u)).toEqual([]);
});

it('writes labels as sentences: one capital, at the beginning', () => {
  const found = texts
    .filter(([, text]) =>
      / \p{Lu}/u.test(text.replace(NAMES, '').replace(/(^|[.:?…–·|] |[“‘(*#>[\]`-] ?)\p{Lu}/gu, '$1')),
    )
    // Samples of documents have headings.
    .filter(([name]) => !name.startsWith('templates.'));
  expect(found.map(([name, text]) => `${name}: ${text}`)).toEqual([]);
});
