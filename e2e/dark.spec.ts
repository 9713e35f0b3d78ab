import { expect } from '@playwright/test';
import { test } from './fixtures/core.ts';
import { expectConverged } from './fixtures/converged.ts';
import { needs } from './fixtures/lacks.ts';
import type { Writer } from '../sdk/testing.ts';

/** How light the paper is and how light the ink on it: red, green and blue from 0 to 765. */
async function lightness(person: Writer): Promise<{ paper: number; ink: number }> {
  return person.evaluate(() => {
    const sum = (color: string): number =>
      color
        .match(/\d+/g)!
        .slice(0, 3)
        .reduce((total, part) => total + Number(part), 0);
    const editor = document.querySelector('[data-testid="editor"]')!;
    return {
      paper: sum(getComputedStyle(document.documentElement).backgroundColor),
      ink: sum(getComputedStyle(editor).color),
    };
  });
}

test(
  'who likes it dark writes light on dark, beside somebody who likes it light',
  needs('themes'),
  async ({ join }) => {
    const [mina, joon] = [await join('Mina', { colorScheme: 'dark' }), await join('Joon', { colorScheme: 'light' })];
    await mina.type('Night. ');
    const dark = await lightness(mina);
    expect(dark.ink).toBeGreaterThan(dark.paper + 300);
    const light = await lightness(joon);
    expect(light.paper).toBeGreaterThan(light.ink + 300);
    await expectConverged([mina, joon], mina.documentUrl, { text: 'Night. ' });
  },
);
