import { describe, expect, it } from 'vitest';
import { headingOf, snippetOf } from './opening.ts';

describe('headingOf', () => {
  it.each<[string, string | undefined]>([
    ['', undefined],
    [' \n\t\n', undefined],
    ['---\n***\n```\n', undefined],
    ['plain words\nmore', 'plain words'],
    ['\n\n- [ ] buy **milk**', 'buy milk'],
    ['> 1. quoted', 'quoted'],
    ['before\n\n# The heading', 'The heading'],
    ['### Closed ###', 'Closed'],
    ['#hashtag\n## Second', 'Second'],
    ['#\n## Second', 'Second'],
    ['Set\n===\n# Later', 'Set'],
    ['words\n\n---\nmore', 'words'],
    ['```\n# a comment\n```\n# Real', 'Real'],
    ['---\ntitle: x\n---\n# Real', 'Real'],
    ['# A [link](https://a.example/x_y) and `code` and ~~old~~', 'A link and code and old'],
    ['# snake_case stays, 2 * 3 * 4 too', 'snake_case stays, 2 * 3 * 4 too'],
    ['# ***All* three** `a*b*c` ``d`e`` **f *g* h**', '***All* three** a*b*c d`e f *g* h'],
    ['# 회의록 – 東京', '회의록 – 東京'],
    ['# 1. Plan', '1. Plan'],
    ['- # - 2) items', '- 2) items'],
    ['# <b>Bold</b> \\*as it is\\*, [as said][1]', 'Bold *as it is*, as said'],
    ['# The `<weft-editor>` element, 1 < 2 > 0', 'The <weft-editor> element, 1 < 2 > 0'],
    [`${'x '.repeat(3000)}\n# Too far`, `${'x '.repeat(60).slice(0, 119).trimEnd()}…`],
  ])('of %j is %j', (text, heading) => {
    expect(headingOf(text)).toBe(heading);
  });

  it('is at most 120 units long and splits no pair', () => {
    const heading = headingOf(`# ${'𝒳'.repeat(300)}`)!;
    expect(heading.length).toBeLessThanOrEqual(120);
    expect(heading.isWellFormed()).toBe(true);
  });

  it('takes milliseconds for patterns of marks that have no partner', () => {
    const texts = [
      `# ${'`'.repeat(1999)}a ${'b'.repeat(1999)}`,
      '*a '.repeat(1333),
      `# a${' '.repeat(3990)}b`,
      `# ${'***a '.repeat(800)}`,
      `# ${'`a '.repeat(1333)}`,
      `# ${'__a '.repeat(999)}`,
    ];
    const slowest = texts.map((text) => {
      const started = performance.now();
      for (let time = 0; time < 20; time += 1) headingOf(text);
      return performance.now() - started;
    });
    // By patterns that go back the first one took more than two seconds; now each takes some ten milliseconds.
    expect(Math.max(...slowest)).toBeLessThan(500);
  });

  it('splits no pair where it stops reading', () => {
    expect(headingOf(`# a${' '.repeat(996)}𝒳`)).toBe('a');
    expect(headingOf(`# a${' '.repeat(3996)}𝒳`)).toBe('a');
  });

  it('takes no longer for texts that were made to be slow', () => {
    const started = performance.now();
    for (const mark of ['*', '`', '``', '<a ', '[', '![](', '# ', '> ', '_', '- [ ] ', '~~', '[a]('])
      headingOf(mark.repeat(1_000_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('snippetOf', () => {
  it.each([
    ['', ''],
    ['# Only a heading', ''],
    ['# Heading\n\nFirst *line*.\n- item\n\n---\n> said', 'First line. item said'],
    ['Set\n===\nafter', 'after'],
    ['first line\nsecond', 'second'],
    ['before\n# Heading\nafter', 'after'],
  ])('of %j is %j', (text, snippet) => {
    expect(snippetOf(text)).toBe(snippet);
  });

  it('is at most 160 units long', () => {
    expect(snippetOf(`# H\n${'word '.repeat(500)}`).length).toBeLessThanOrEqual(160);
  });
});
