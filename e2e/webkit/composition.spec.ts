import { expect } from '@playwright/test';
import { expectConverged } from '../fixtures/converged.ts';
import { test } from '../fixtures/core.ts';
import { InputMethod } from './input-method.ts';

test('a character is composed by an input method while another types on its line: one composition, and nothing is torn', async ({
  visitByWebDriver,
  openDocument,
}) => {
  const url = await openDocument('가나 다라');
  const [mina, joon] = [await visitByWebDriver('Mina'), await visitByWebDriver('Joon')];
  for (const person of [mina, joon]) await person.open(url);
  await mina.evaluate(() => {
    const page = window as unknown as { compositions: number };
    page.compositions = 0;
    document.addEventListener('compositionstart', () => (page.compositions += 1), true);
  });
  const compositions = () => mina.evaluate(() => (window as unknown as { compositions: number }).compositions);
  await mina.press('End');
  const method = new InputMethod(mina);
  await method.begin('한');
  await expect.poll(compositions).toBe(1);

  await joon.press('Home');
  await joon.type('Joon ');
  await expect.poll(() => mina.version()).toBeGreaterThan(1);
  await method.commit();
  await expectConverged([mina, joon], url, { text: 'Joon 가나 다라한' });
  expect(await compositions()).toBe(1);
});
