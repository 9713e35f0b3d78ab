import { expect } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../scripts/build.mjs';
import { expectConverged } from './fixtures/converged.ts';
import { test } from './fixtures/test.ts';

/** Runs the example of the documentation as its first lines say; resolves with its exit code and what it printed. */
async function runExample(...words: string[]): Promise<{ code: number | null; printed: string }> {
  const program = spawn('npx', ['tsx', 'docs/examples/type-and-leave.ts', ...words], { cwd: root });
  let printed = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [code] = (await once(program, 'exit')) as [number | null];
  return { code, printed };
}

test('the example script types and leaves, while a browser watches', async ({ join, openDocument }) => {
  const url = await openDocument({ title: 'Watched', content: 'Written by hand.\n' });
  const mina = await join('Mina');
  await mina.page.evaluate(() => {
    const page = window as unknown as { seen: Set<string> };
    page.seen = new Set();
    new MutationObserver(() => {
      for (const avatar of document.querySelectorAll<HTMLElement>('[data-testid="avatar"]'))
        page.seen.add(avatar.dataset['name']!);
    }).observe(document.body, { subtree: true, childList: true });
  });

  const { code, printed } = await runExample(url, 'Hello from Node');
  expect(code).toBe(0);
  expect(printed).toBe('Version 2 of “Watched” has 33 units\n');
  await expect(mina.editor).toContainText('Hello from Node');
  await expect
    .poll(() => mina.page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]))
    .toEqual(['A script']);
  await expect(mina.page.getByTestId('presence')).toHaveAttribute('data-count', '1');
  await expectConverged([mina], url, { text: 'Written by hand.\nHello from Node\n' });
});
