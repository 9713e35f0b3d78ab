import { expect, test } from 'weftdoc/testing';

test('the editor in a frame of another site', async ({ join }) => {
  const page = (documentUrl: string): string =>
    `<h1>Our wiki</h1><iframe src="${documentUrl}?debug" width="800" height="500"></iframe>`;
  const [mina, joon] = [await join('Mina'), await join('Joon', { embed: page })];
  await joon.type('From the wiki');
  await expect([mina, joon]).toConverge({ text: 'From the wiki' });
  await mina.press('Control+End');
  await mina.type(', from Weft');
  await expect([mina, joon]).toConverge({ text: 'From the wiki, from Weft' });
});
