import Database from 'better-sqlite3';
import { expect } from '@playwright/test';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expectConverged } from './fixtures/converged.ts';
import { NETWORK_ERRORS } from '../sdk/testing.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

test('an open socket that stays silent: shown as not saved within 2 s, a warning within 10 s, and nothing lost (B3)', async ({
  visit,
}) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { title: 'Plans' });
  await mina.page.clock.install();
  await mina.open(url);
  await mina.type('a');
  await expectConverged([mina], url, { text: 'a' });
  const now = await mina.page.evaluate(() => Date.now());
  await mina.page.clock.pauseAt(now + 1000);

  mina.network.holdAnswers();
  await mina.type('bc');
  await mina.page.clock.runFor(1000);
  // Disks know nothing of the clock of the page.
  await expect.poll(() => mina.kept()).toBe(2);
  await mina.page.clock.runFor(1000);
  await expect(mina.statusLine).toHaveText('Not saved yet');
  await mina.page.clock.runFor(7000);
  await expect(mina.statusLine).toHaveText(/Not saved for [89] s, 2 kept here/);
  await expect(mina.statusLine).toHaveAttribute('data-tone', 'warning');
  const warning = mina.page.getByTestId('stuck');
  await expect(warning).toContainText('The server does not answer. What you typed is kept on this device');
  await expect(mina.page.getByTestId('announcer')).toHaveText('Not saved yet. The server does not answer.');
  expect(await mina.state()).toBe('saving');

  mina.network.release();
  await mina.page.clock.resume();
  await expect(warning).toBeHidden();
  await expectConverged([mina], url, { text: 'abc' });
});

test('what went wrong can be copied: the connection by its name in the log, and nothing of the text', async ({
  visit,
  weft,
}) => {
  const mina = await visit('Mina', { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
  const url = await ownDocument(mina, { title: 'Secret title', content: 'Secret text.' });
  await mina.open(url);
  await mina.context.request.delete(url.replace('/d/', '/api/documents/'));
  await mina.page.getByTestId('refused').getByRole('button', { name: 'Details', exact: true }).click();
  const details = mina.page.getByTestId('refused').getByTestId('trouble-details');
  await details.getByText('Details for support').click();
  await details.getByRole('button', { name: 'Copy details' }).click();
  await expect(mina.page.getByTestId('toasts')).toContainText('Details copied');
  const copied = await mina.page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toEqual([
    'Problem: In the bin',
    'Code: not_found',
    `Document: ${url.split('/').at(-1)}`,
    expect.stringMatching(/^Connection: [\w-]{8,}$/),
    'Version: 1',
    'Unsaved changes: 0',
    expect.stringMatching(/^Time: \d{4}-\d\d-\d\dT[\d:.]+Z$/),
  ]);
  expect(weft.isRunning).toBe(true);
});

for (const [kind, breakStorage] of [
  [
    'is blocked',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Blocked', 'SecurityError');
      };
    },
  ],
  [
    'is full',
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('Full', 'QuotaExceededError');
      };
    },
  ],
] as const) {
  test(`where the storage of the browser ${kind}, a banner says that nothing is kept, and nothing else claims it`, async ({
    visit,
  }) => {
    const mina = await visit('Mina');
    const url = await ownDocument(mina);
    await mina.context.addInitScript(breakStorage);
    await mina.open(url);
    await mina.network.cut();
    await mina.type('ab');
    const banner = mina.page.getByTestId('not-kept');
    await expect(banner).toContainText('Not kept on this device.');
    await expect(mina.statusLine).toContainText('2 only in this tab');
    // It stays, because it stays true.
    await expect(banner.getByRole('button')).toHaveCount(0);
    await mina.network.heal();
    await mina.wake();
    await expectConverged([mina], url, { text: 'ab' });
    await expect(banner).toBeVisible();
  });
}

test.describe('a server that takes no guests', () => {
  test.use({ ownServer: true, settings: { WEFT_GUESTS: 'off', WEFT_JWT_SECRET: 'x'.repeat(32) } });

  test('says so in plain words on every page', async ({ visit }) => {
    const mina = await visit('Mina');
    mina.log.allow(/status of 401/, /WebSocket connection to .* failed/);
    for (const page of ['/', '/d/some-document', `/d/some-document#link=${'A'.repeat(43)}`]) {
      await mina.page.goto('about:blank');
      await mina.page.goto(page);
      await expect(mina.page.getByTestId('sign-in'), page).toContainText('This server does not allow guests.');
    }
  });
});

test.describe('a damaged document', () => {
  test.use({ ownServer: true });

  test('has a page that says so and what to do, and opens by itself once it is mended', async ({ visit, weft }) => {
    const mina = await visit('Mina');
    const url = await ownDocument(mina, { title: 'Plans', content: 'Sea.' });
    await weft.stop();
    execute(weft.dataFolder, 'UPDATE run SET size = 9');
    await weft.start();
    mina.log.allow(/status of 503/, NETWORK_ERRORS);
    await mina.page.goto(`${url}?debug`);
    const page = mina.page.getByTestId('unopened');
    await expect(page).toContainText('The stored document is damaged.');
    await expect(page).toContainText('must restore it from a backup');
    await expect(mina.page.getByText('Reconnecting')).toBeHidden();
    await page.getByText('Details for support').click();
    await expect(page.getByTestId('trouble-details')).toContainText('unavailable');

    await weft.stop();
    execute(weft.dataFolder, 'UPDATE run SET size = 1');
    await weft.start();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(mina.editor).toHaveText('Sea.');
  });
});

function execute(dataFolder: string, sql: string): void {
  const file = readdirSync(dataFolder).find((name) => name.endsWith('.sqlite'))!;
  const database = new Database(path.join(dataFolder, file));
  database.exec(sql);
  database.close();
}
