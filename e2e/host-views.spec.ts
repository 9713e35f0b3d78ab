import { expect } from '@playwright/test';
import { COLUMN, countCompositions, SAME_LINE, TEXT } from './fixtures/compositions.ts';
import { expectConverged } from './fixtures/converged.ts';
import { destroyView, HOST_VIEWS, selectIn } from './fixtures/host-views.ts';
import { test } from './fixtures/hosts.ts';
import { NETWORK_ERRORS } from '../sdk/testing.ts';
import { ownDocument, setLinkAccess } from './fixtures/sharing.ts';

const PLACE = TEXT.indexOf('\n') + 1 + COLUMN;

for (const view of HOST_VIEWS) {
  test.describe(`a ${view} in a page of another origin`, () => {
    test('shows the document in place of what it had, and both sides type at the same time', async ({
      join,
      visitHost,
      openDocument,
    }) => {
      const url = await openDocument({ content: 'A beginning.\n' });
      const mina = await join('Mina');
      const joon = await visitHost('Joon', view);
      await expectConverged([mina, joon], url, { text: 'A beginning.\n' });
      await selectIn(joon, 'A beginning.\n'.length);
      await mina.press('Control+Home');
      await Promise.all([mina.type('aaaa bbbb cccc ', { delay: 20 }), joon.type('dddd eeee ffff', { delay: 20 })]);
      await expectConverged([mina, joon], url, { text: 'aaaa bbbb cccc A beginning.\ndddd eeee ffff' });
      // The caret of each stayed where they typed.
      await mina.type('!');
      await joon.type('?');
      await expectConverged([mina, joon], url, { text: 'aaaa bbbb cccc !A beginning.\ndddd eeee ffff?' });
    });

    test('undo and redo take back only what was typed there, beside what others write', async ({
      join,
      visitHost,
      openDocument,
    }) => {
      const url = await openDocument();
      const mina = await join('Mina');
      const joon = await visitHost('Joon', view);
      await joon.type('Joons words.');
      await expectConverged([mina, joon], url, { text: 'Joons words.' });
      await mina.press('Control+Home');
      await mina.type('Minas words. ');
      await expectConverged([mina, joon], url, { text: 'Minas words. Joons words.' });
      await expect(async () => {
        await joon.press('Control+z');
        expect(await joon.text()).toBe('Minas words. ');
      }).toPass({ intervals: [0] });
      await expectConverged([mina, joon], url, { text: 'Minas words. ' });
      // There is nothing more of one's own.
      await joon.press('Control+z');
      await expect(async () => {
        await joon.press('Control+Shift+z');
        expect(await joon.text()).toBe('Minas words. Joons words.');
      }).toPass({ intervals: [0] });
      await expectConverged([mina, joon], url, { text: 'Minas words. Joons words.' });
    });

    test('what is typed without a network is sent when it is back', async ({ join, visitHost, openDocument }) => {
      const url = await openDocument({ content: 'Before. ' });
      const mina = await join('Mina');
      const joon = await visitHost('Joon', view);
      // Without a connection it asks the server why, over HTTP; to this origin that tells nothing.
      joon.log.allow(/blocked by CORS policy/, NETWORK_ERRORS, /net::ERR_FAILED/);
      await joon.network.cut();
      await selectIn(joon, 'Before. '.length);
      await joon.type('Offline.');
      await mina.press('Control+Home');
      await mina.type('Meanwhile. ');
      await expectConverged([mina], url, { text: 'Meanwhile. Before. ' });
      expect((await joon.texts()).editor).toBe('Before. Offline.');
      await joon.network.heal();
      await joon.wake();
      await expectConverged([mina, joon], url, { text: 'Meanwhile. Before. Offline.' });
    });

    test('cannot be written by those who may only read, until they may write', async ({ visit, visitHost }) => {
      const mina = await visit('Mina');
      const url = await ownDocument(mina, { content: 'To be read.', linkAccess: 'view' });
      await mina.open(url);
      const joon = await visitHost('Joon', view, { url });
      await expect.poll(async () => (await joon.texts()).editor).toBe('To be read.');
      await selectIn(joon, 0);
      await joon.page.keyboard.type('No');
      expect(await joon.texts()).toEqual({ session: 'To be read.', editor: 'To be read.' });
      await mina.press('Control+End');
      await mina.type(' And more.');
      await expect.poll(async () => (await joon.texts()).editor).toBe('To be read. And more.');

      await setLinkAccess(mina, url, 'edit');
      await expect(async () => {
        await selectIn(joon, 0);
        await joon.page.keyboard.type('J');
        expect(await joon.text()).toContain('J');
      }).toPass();
      await expectConverged([mina, joon], url, { text: 'JTo be read. And more.' });
    });

    test('leaves the session to the page when it is taken away', async ({ join, visitHost, openDocument }) => {
      await openDocument({ content: 'Kept' });
      const mina = await join('Mina');
      const joon = await visitHost('Joon', view);
      await selectIn(joon, 2);
      await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
      await destroyView(joon);
      await expect.poll(() => mina.caretNames()).toEqual([]);
      await mina.press('Control+End');
      await mina.type('!');
      await expect.poll(() => joon.text()).toBe('Kept!');
      expect(await joon.state()).toBe('live');
    });

    for (const { what, act, meanwhile, after } of SAME_LINE) {
      test(`한 is composed there while another ${what}: no stray syllable`, async ({
        join,
        visitHost,
        openDocument,
      }) => {
        const url = await openDocument({ content: TEXT });
        const joon = await join('Joon');
        const mina = await visitHost('Mina', view);
        const compositions = await countCompositions(mina);
        await selectIn(mina, PLACE);
        await mina.compose(['ㅎ', '하'], { commit: false });
        await expectConverged([joon], url, { text: '첫째 줄\n가나 하다라\n셋째 줄' });

        await joon.caretTo(1, COLUMN);
        await act(joon);
        const { version } = await expectConverged([joon], url, { text: meanwhile });
        await expect.poll(() => mina.version()).toBe(version);
        await mina.composeStep('한');
        await mina.commitComposition('한');

        await expectConverged([joon, mina], url, { text: after });
        expect(await compositions()).toBe(1);
      });
    }
  });
}
