import { expect } from '@playwright/test';
import { addressOf, makeLink, ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

test('a share link opens as mail programs and chats rewrite it, and its secret stays nowhere', async ({ visit }) => {
  const ada = await visit('Ada');
  const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.', linkAccess: 'none' });
  const link = await makeLink(ada, url, { role: 'viewer' });
  const whole = addressOf(url, link);
  for (const [index, address] of [
    whole.replace('#', '%23'),
    `${whole.replace('#', '%2523')}.`,
    `${whole.replace('#', '&#35;')})`,
    `${whole.replace('#', '?utm_source=mail&amp;')}`,
    `${whole.replace('#', '/%23')}%3E`,
  ].entries()) {
    const joon = await visit(`Joon ${index}`);
    // To programs, a path with one part too many is none.
    joon.log.allow(/status of 404/);
    await joon.page.goto(address);
    await expect(joon.editor, address).toHaveText('Sea.');
    expect(new URL(joon.page.url()).href).toBe(url);
    expect(await joon.page.evaluate(() => JSON.stringify([history.state, document.title]))).not.toContain(link.secret);
    await joon.page.close();
  }
});

test('what stands around an address in a sentence does not keep it from opening; what is damaged says so', async ({
  visit,
}) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { content: 'Sea.' });
  for (const address of [`${url}/`, `${url}).`, `${url}%E2%80%8B`, `${url}?utm_source=mail`, `${url}%0A`]) {
    await mina.page.goto(address);
    await expect(mina.editor, address).toHaveText('Sea.');
    expect(mina.page.url().split('?')[0]).toBe(url);
  }
  mina.log.allow(/status of 404/);
  await mina.page.goto(`${url}.md`);
  await expect(mina.page.getByTestId('missing')).toContainText('This link is damaged');
  await mina.page.goto(`${url}/x%23link=${'secret'.repeat(6)}`);
  await expect(mina.page.getByTestId('missing')).toContainText('Copy the whole link, or ask whoever sent it.');
  expect(mina.page.url()).toBe(`${url}/x`);
});
