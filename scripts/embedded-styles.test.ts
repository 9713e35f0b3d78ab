import { describe, expect, it } from 'vitest';
import { embeddedCss, inPixels } from './embedded-styles.ts';

describe('styles for the pages of others', () => {
  it('have sizes that do not depend on the root of the host', () => {
    expect(inPixels('a { margin: 1rem -0.5rem .125rem; width: calc(100% - 2.5rem) }')).toBe(
      'a { margin: 16px -8px 2px; width: calc(100% - 40px) }',
    );
    expect(inPixels("'--x': '-.5rem'")).toBe("'--x': '-8px'");
    expect(inPixels('1.1remark theorem2rem')).toBe('1.1remark theorem2rem');
  });

  it('have the dark as a choice of the host, also within other rules', () => {
    const css =
      '@media (prefers-color-scheme: dark) { :root { --ink: #fff; } .a { color: red } }\n:root { --ink: #000; }';
    expect(embeddedCss(css)).toBe('.weft.is-dark { & { --ink: #fff; } .a { color: red } } .weft { --ink: #000; }');
  });

  it('ask for the width of the editor, not of the window', () => {
    expect(embeddedCss('@media (max-width: 40rem) { a { b: c } }')).toBe(
      '@container weft (max-width: 640px) { a { b: c } }',
    );
    expect(embeddedCss('@media (pointer: coarse) { a { b: c } }')).toBe('@media (pointer: coarse) { a { b: c } }');
  });

  it('take letters, width and corners from the custom properties of the host', () => {
    expect(embeddedCss(':root { --ui: Arial, sans-serif; --reading: serif; --radius: 10px; --radius-s: 6px; }')).toBe(
      '.weft { --ui: var(--weft-ui, Arial, sans-serif); --reading: var(--weft-font, serif); --radius: var(--weft-radius, 10px); --radius-s: 6px; }',
    );
  });

  it('have no comments', () => {
    expect(embeddedCss('a { b: c } /* :root, 1rem\n */ d { e: f }')).toBe('a { b: c } d { e: f }');
  });
});
