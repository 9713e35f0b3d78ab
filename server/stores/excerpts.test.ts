import { expect, it } from 'vitest';
import { matchInText } from './excerpts.ts';
import { composed, wordsOf } from './search-words.ts';

/** An excerpt with what was found in brackets. */
function shown(text: string, query: string): string | undefined {
  const match = matchInText(composed(text), wordsOf(query));
  if (match === undefined) return undefined;
  let marked = '';
  let at = 0;
  for (const [from, to] of match.ranges) {
    marked += `${match.text.slice(at, from)}[${match.text.slice(from, to)}]`;
    at = to;
  }
  return marked + match.text.slice(at);
}

it.each([
  ['a heading', '## Plans for **May**', 'may', 'Plans for [May]'],
  ['a list and tasks', '- [ ] ask *Ann*\n- [x] the plans\n1. more', 'plan', 'the [plan]s more'],
  ['a quote', '> the ~~old~~ plans', 'old', 'the [old] plans'],
  ['a link', 'See [the plans](https://example.org/x) of May', 'plans may', 'See the [plans] of [May]'],
  ['an image', '![Our plans](a.png)', 'plans', 'Our [plans]'],
  ['code in a line', 'Call `plans()` and **wait**', 'plans wait', 'Call [plans]() and [wait]'],
  ['code in a block', 'Before\n```js\nconst plans = 1;\n```\nafter', 'plans', 'const [plans] = 1; after'],
  ['a word that marks take apart', 'un**plan**ned', 'plan', 'un[plan]ned'],
  ['Korean', '## **회의록**은 `다음` 주에', '회의 다음', '[회의]록은 [다음] 주에'],
  ['letters of two units', '**𝒳𝒳** 😀 _plans_ 😀 __𝒳__', 'plans 𝒳', '[𝒳𝒳] 😀 _[plans]_ 😀 [𝒳]'],
  ['an accent', '**Cafe\u0301** plans', 'cafe', '[Café] plans'],
  ['a rule and empty lines', 'plans\n\n---\n\n* * *\n- next', 'plans', '[plans] next'],
])('shows text without the marks of %s', (_, text, query, expected) => {
  expect(shown(text, query)).toBe(expected);
});

it('shows the marks where they are what was searched for', () => {
  expect(shown('some **bold** text', '**')).toBe('some [**]bold[**] text');
  expect(shown('some **bold** text', 'bold**')).toBe('some **[bold**] text');
  expect(shown('see [here](https://example.org)', 'example.org')).toBe('see [here](https://[example.org])');
  expect(shown('```mermaid\n```', 'mermaid')).toBe('```[mermaid]');
  expect(shown('# a\tb **c**', '# **c')).toBe('[#] a b [**c]**');
});

it('prefers a place that is seen to one in an address', () => {
  const address = '[a](https://example.org/plans) ';
  expect(shown(`${address.repeat(40)}\n- our **plans**`, 'plans')).toBe('our [plans]');
  expect(shown(`${address.repeat(40)}our **plans**`, 'plans')).toMatch(/^….*our \[plans\]$/);
});

it('begins near what was found, and says where it is cut', () => {
  const text = `${'word '.repeat(300)}plans ${'word '.repeat(300)}`;
  const match = matchInText(text, ['plans'])!;
  expect(match.text).toMatch(/^…(word ){4}plans (word )+w?o?r?d?…$/);
  expect(match.ranges).toEqual([[21, 26]]);
  expect(match.text.length).toBeLessThanOrEqual(160);
  for (let after = 130; after < 170; after += 1)
    expect(matchInText(`plans ${'x'.repeat(after)}`, ['plans'])!.text.length).toBe(Math.min(after + 6, 160));
  expect(shown('first line\nsecond plans', 'plans')).toBe('second [plans]');
});

it('splits no letter of two units, and finds nothing where nothing is', () => {
  for (let before = 90; before < 110; before += 1) {
    const match = matchInText(`${'𝒳'.repeat(before)}word${'𝒳'.repeat(400)}`, ['word'])!;
    expect(match.text.isWellFormed()).toBe(true);
    expect(match.text.slice(...match.ranges[0]!)).toBe('word');
  }
  const long = matchInText(`a${'𝒳'.repeat(600)}word${'𝒳'.repeat(600)}`, ['word'])!;
  expect(long.text.isWellFormed()).toBe(true);
  expect(matchInText('nothing', ['word'])).toBeUndefined();
});

it('is on one line', () => expect(matchInText('a\n\tb word\u2028c\td', ['word'])!.text).toBe('b word c d'));

it('takes no time that grows faster than the text', () => {
  const text = '**a** [plans '.repeat(1300);
  const begun = performance.now();
  for (let count = 0; count < 20; count += 1) matchInText(text, ['plans']);
  expect(performance.now() - begun).toBeLessThan(2000);
});
