import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test } from './fixtures/hosts.ts';

test('somebody in the app and somebody in a CodeMirror of another page type at the same time', async ({
  join,
  visitHost,
}) => {
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'codemirror');
  await mina.type('Minas beginning.\n');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'Minas beginning.\n' });
  await joon.press('Control+End');
  await mina.press('Control+Home');
  await Promise.all([mina.type('aaaa bbbb cccc ', { delay: 20 }), joon.type('dddd eeee ffff', { delay: 20 })]);
  await expectConverged([mina, joon], mina.documentUrl, {
    text: 'aaaa bbbb cccc Minas beginning.\ndddd eeee ffff',
  });
});
