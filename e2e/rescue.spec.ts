import { expect } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectConverged } from './fixtures/converged.ts';
import { NETWORK_ERRORS, type Person, readStored, STOPPING_SERVER, withDebug } from '../sdk/testing.ts';
import { deleteDocument, ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';
import { runCommand } from './fixtures/weft-command.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const NOT_FOUND = [/status of 404/, NETWORK_ERRORS];

/** Presses "Save as a new document" of a notice; returns what the server has of the new one. */
async function saveAsNew(person: Person, notice: string): Promise<string> {
  const shown = person.page.getByTestId(notice);
  await shown.getByTestId('rescue-save').click();
  await expect(person.page.getByTestId('announcer')).toHaveText('Your text was saved as a new document.');
  const href = await shown.getByTestId('rescue-open').getAttribute('href');
  return (await readStored(person, new URL(href!, person.page.url()).href)).text;
}

async function copied(person: Person, notice: string): Promise<string> {
  await person.page.getByTestId(notice).getByTestId('rescue-copy').click();
  await expect(person.page.getByTestId('toasts')).toContainText('Text copied');
  return person.page.evaluate(() => navigator.clipboard.readText());
}

for (const [where, leave, comeBack] of [
  ['on the way', async ({ network }: Person) => network.hold(), async ({ network }: Person) => network.release()],
  [
    'offline',
    async ({ network }: Person) => network.goOffline(),
    async (person: Person) => {
      await person.network.heal();
      await person.wake();
    },
  ],
] as const) {
  test(`a document is deleted while somebody's words are ${where}: they are shown, copied, and become a new document (FO16)`, async ({
    visit,
  }) => {
    const [ada, mina] = [await visit('Ada'), await visit('Mina', { context: CLIPBOARD })];
    const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.' });
    await mina.open(url);
    mina.log.allow(...NOT_FOUND);
    await leave(mina);
    await mina.type('Unsent. ');
    await deleteDocument(ada, url);
    await comeBack(mina);

    const notice = mina.page.getByTestId('refused');
    await expect(notice).toContainText('Document deleted. This document is no longer available.');
    await expect(notice.getByTestId('unsaved-left')).toHaveText('8 changes of yours are not saved.');
    await expect(mina.editor).toHaveText('Unsent. Sea.');
    await expect(mina.editor).toHaveAttribute('contenteditable', 'false');
    expect(await copied(mina, 'refused')).toBe('Unsent. Sea.');
    expect(await saveAsNew(mina, 'refused')).toBe('Unsent. Sea.');
  });
}

test('a tab was closed with unsent words, and the document is deleted: the next visit still shows them (FO16)', async ({
  visit,
}) => {
  const [ada, mina] = [await visit('Ada'), await visit('Mina')];
  const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.' });
  await mina.open(url);
  mina.log.allow(...NOT_FOUND);
  mina.network.hold();
  await mina.type('Unsent. ');
  await expect.poll(() => mina.kept(), 'edits on this device').toBe('Unsent. '.length);
  await mina.page.close();
  mina.network.forget();
  await deleteDocument(ada, url);

  const again = await mina.newTab();
  await again.page.goto(withDebug(url));
  await expect(again.page.getByTestId('refused')).toContainText('Document deleted');
  await expect(again.editor).toHaveText('Unsent. Sea.');
  expect(await saveAsNew(again, 'refused')).toBe('Unsent. Sea.');
});

test.describe('a server that is restored from an older backup', () => {
  test.use({ ownServer: true });

  test('says so; what was unsent is carried over, and the newer text becomes a new document (FO15, FS9, G5)', async ({
    visit,
    weft,
  }) => {
    const place = await mkdtemp(path.join(tmpdir(), 'weft-backup-'));
    const backup = path.join(place, 'backup.sqlite');
    const mina = await visit('Mina', { context: CLIPBOARD });
    const url = await ownDocument(mina, { title: 'Plans', content: 'Before. ' });
    await mina.open(url);
    mina.log.allow(NETWORK_ERRORS, STOPPING_SERVER);
    await runCommand('backup', backup, '--data', weft.dataFolder);
    await mina.press('Control+End');
    await mina.type('After. ');
    await expectConverged([mina], url, { text: 'Before. After. ' });

    await weft.stop();
    await expect.poll(() => mina.state()).toBe('reconnecting');
    await mina.press('Control+Home');
    await mina.type('Unsent. ');
    await runCommand('restore', backup, '--data', weft.dataFolder, '--force');
    await weft.start();
    await mina.wake();

    const notice = mina.page.getByTestId('rescued');
    await expect(notice).toContainText('The server went back to an older copy of this document.');
    await expectConverged([mina], url, { text: 'Unsent. Before. ' });
    expect(await copied(mina, 'rescued')).toBe('Unsent. Before. After. ');
    expect(await saveAsNew(mina, 'rescued')).toBe('Unsent. Before. After. ');

    // It goes on as any other document.
    await mina.type('Then. ');
    await expectConverged([mina], url, { text: 'Unsent. Then. Before. ' });
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toBeHidden();
    await rm(place, { recursive: true });
  });
});
