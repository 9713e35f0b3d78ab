import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { askForPreview } from './fixtures/preview.ts';
import { test } from './fixtures/test.ts';

const WIDE = { viewport: { width: 1280, height: 800 } };
const WORKER = /\/assets\/preview-worker-.*\.js$/;

test('texts that were made to be slow are rendered or said to be too long, while one goes on writing', async ({
  join,
  openDocument,
}) => {
  const attacks = [
    `**bold**\n\n${'_*'.repeat(30_000)}`,
    '['.repeat(50_000),
    '> '.repeat(20_000),
    '<div>'.repeat(20_000),
    `<div>${'<b><i><u>'.repeat(20)}${'<p>x'.repeat(2_000)}</div>`,
    `|${'a|'.repeat(5_000)}\n|${'-|'.repeat(5_000)}`,
    '- x\n'.repeat(20_000),
    '<script>document.title = "hacked"</script><img src=x onerror="document.title = 1">',
  ];
  const content = `${attacks.join('\n\n')}\n\nthe end `;
  const url = await openDocument(content);
  const mina = await join('Mina', WIDE);
  await askForPreview(mina);
  await mina.press('Control+End');
  await mina.type('of it');
  const preview = mina.page.getByTestId('preview');
  await expect(preview).toHaveAttribute('aria-busy', 'false');
  await expect(preview.getByText('the end of it')).toBeAttached();
  await expect(preview.getByText('bold', { exact: true })).toHaveCSS('font-weight', '600');
  await expect(preview.getByText('This part is too long to preview.').first()).toBeAttached();
  await expect(mina.page).not.toHaveTitle(/hacked|^1$/);
  await expectConverged([mina], url, { text: `${content}of it` });
});

test('a text that is never done is given up, one writes on, and may try again', async ({ join, openDocument }) => {
  const url = await openDocument('words');
  const mina = await join('Mina', WIDE);
  await mina.page.clock.install();
  await mina.page.route(WORKER, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'addEventListener("message", () => { for (;;); });' }),
  );
  await askForPreview(mina);
  await expect(mina.page.getByTestId('preview')).toHaveAttribute('aria-busy', 'true');
  await mina.press('Control+End');
  await mina.type(' more');
  await mina.page.clock.runFor(21_000);
  const problem = mina.page.getByTestId('preview-problem');
  await expect(problem).toContainText('This text takes too long to preview.');
  await expectConverged([mina], url, { text: 'words more' });
  await mina.page.unroute(WORKER);
  await problem.getByRole('button', { name: 'Try again' }).click();
  await expect(mina.page.getByTestId('preview').getByText('words more')).toBeVisible();
});

test('a preview that cannot be loaded says so, and comes when asked again', async ({ join, openDocument }) => {
  await openDocument('words');
  const mina = await join('Mina', WIDE);
  mina.log.allow(/Failed to load resource/);
  await mina.page.route(WORKER, (route) => route.abort());
  await askForPreview(mina);
  const problem = mina.page.getByTestId('preview-problem');
  await expect(problem).toContainText('The preview could not be loaded.');
  await mina.page.unroute(WORKER);
  await problem.getByRole('button', { name: 'Try again' }).click();
  await expect(mina.page.getByTestId('preview').getByText('words')).toBeVisible();
});

test('a text of more than a million letters says how long it is, and that it is too long', async ({
  join,
  openDocument,
}) => {
  await openDocument({ content: `# Book\n\n${'A sentence of a long book. '.repeat(40_000)}` });
  const mina = await join('Mina', WIDE);
  await askForPreview(mina);
  await expect(mina.page.getByTestId('preview-problem')).toContainText(
    'it has 1,080,008 characters, and the preview shows up to 1,000,000.',
  );
});
