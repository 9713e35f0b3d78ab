import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, type Locator } from '@playwright/test';
import { root } from '../scripts/build.mjs';
import { readStored, type Person } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

/** Where everything is, as `npm run examples` printed it. */
const links = new Map<string, string>();
let command: ChildProcess;
let output = '';

// One worker starts them, once.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  command = spawn(process.execPath, [tsx, 'scripts/examples.ts'], { cwd: root });
  for (const stream of [command.stdout!, command.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  await expect
    .poll(() => (command.exitCode === null ? output : `It ended: ${output}`), { timeout: 170_000 })
    .toMatch(/Press Ctrl\+C to stop|^It ended/);
  for (const [, name, url] of output.matchAll(/^ {2}(\S[^:]*?) {2,}(http\S+)$/gm)) links.set(name!, url!);
  expect(links.size, output).toBe(11);
});

test.afterAll(async () => {
  const ended = once(command, 'exit');
  command.kill('SIGINT');
  await ended;
});

/** The document of the examples, in Weft itself. */
const documentUrl = (): string => links.get('Weft itself')!;

/** Writes at the end of a text, with keys. */
async function writeAtEnd(person: Person, place: Locator, text: string): Promise<void> {
  await place.click();
  await person.keyboard.press('Control+End');
  await person.keyboard.type(text);
}

/** An example whose page shows the document of all. */
interface PageOfAll {
  /** Where one types in it. */
  readonly place: string;
  /** What else it does, after somebody has written in it. */
  readonly more?: (mina: Person, place: Locator, joon: Person) => Promise<void>;
}

const IN_ELEMENT = 'weft-editor .cm-content';

const PAGES: Readonly<Record<string, PageOfAll>> = {
  html: { place: IN_ELEMENT },
  react: { place: IN_ELEMENT, more: submitReport },
  svelte: { place: IN_ELEMENT, more: countWords },
  vue: { place: IN_ELEMENT, more: saveRecipe },
  express: { place: IN_ELEMENT, more: readAsVic },
  codemirror: { place: '.cm-content' },
  monaco: { place: '.monaco-editor .view-lines' },
  textarea: { place: 'textarea' },
};

for (const [name, { place: selector, more }] of Object.entries(PAGES)) {
  test(`the example ${name}: somebody there and somebody in Weft write in one text`, async ({ visit }) => {
    const [mina, joon] = [await visit('Mina'), await visit('Joon')];
    await joon.open(documentUrl());
    await mina.goto(links.get(name)!);
    const place = mina.page.locator(selector).first();
    const shown = (): Promise<string> =>
      name === 'textarea' ? place.inputValue() : place.innerText().then((text) => text.replaceAll('\u00a0', ' '));
    await expect.poll(shown).toContain('Everybody who has this text open');
    await writeAtEnd(mina, place, `from ${name}; `);
    await expect.poll(() => joon.text()).toContain(`from ${name}; `);
    await joon.press('Control+Home');
    await joon.type(`Weft to ${name}; `);
    await expect.poll(shown).toContain(`Weft to ${name}; `);
    await more?.(mina, place, joon);
  });
}

/** The form submits the text, and only once it is saved. */
async function submitReport(mina: Person, place: Locator): Promise<void> {
  mina.network.holdAnswers();
  await writeAtEnd(mina, place, 'to be sent');
  const sent = mina.page.getByRole('region', { name: 'Sent' });
  await mina.page.getByRole('button', { name: 'Send the report' }).click();
  await expect(mina.page.getByText('saving', { exact: true })).toBeVisible();
  await expect(sent).toHaveCount(0);
  mina.network.release();
  await expect(sent.getByRole('heading')).toHaveText('Sent: Week 12');
  await expect(sent.locator('pre')).toContainText('to be sent');
}

/** Who is here, and how many words there are. */
async function countWords({ page }: Person, place: Locator): Promise<void> {
  await expect(page.getByText(/^Here: .+, .+ words$/)).toBeVisible();
  const words = (await place.innerText()).split(/\s+/).filter((word) => word !== '').length;
  await expect(page.getByText(`· ${words} words`)).toBeVisible();
}

/** Who is here, and a button that says when all is on disk. */
async function saveRecipe(mina: Person, place: Locator, joon: Person): Promise<void> {
  await expect(mina.page.getByText(/^Cooks: .+, .+/)).toBeVisible();
  await writeAtEnd(mina, place, 'to be saved');
  await mina.page.getByRole('button', { name: 'Save' }).click();
  await expect(mina.page.getByText(/^On disk at/)).toBeVisible();
  expect((await readStored(joon, documentUrl())).text).toContain('to be saved');
}

/** The token of one user lets write, that of another only read. */
async function readAsVic({ page }: Person, place: Locator): Promise<void> {
  await expect(page.getByText('You are Ada, editor.')).toBeVisible();
  await page.getByRole('link', { name: 'Vic, who reads' }).click();
  await expect(page.getByText('You are Vic, viewer.')).toBeVisible();
  await expect(place).toContainText('from express; ');
  await expect(place).toHaveAttribute('contenteditable', 'false');
}

test('the example fastify: two users of the application write, its own routes answer, guests do not come in', async ({
  visit,
}) => {
  const home = links.get('fastify')!;
  const [ada, ben] = [await visit('Ada'), await visit('Ben')];
  await ada.goto(home);
  await ben.goto(`${home}/?user=ben`);
  const [hers, his] = [ada, ben].map(({ page }) => page.locator('weft-editor .cm-content')) as [Locator, Locator];
  await writeAtEnd(ada, hers, 'On Monday');
  await expect(his).toContainText('On Monday');
  await writeAtEnd(ben, his, ' and Tuesday');
  await expect(hers).toContainText('On Monday and Tuesday');
  const own = await ada.get(`${home}/api/time`);
  expect([own.status, own.text]).toEqual([200, expect.stringMatching(/^\{"time":"\d{4}-/)]);
  expect((await fetch(`${home}/weft/api/documents`, { method: 'POST' })).status).toBe(401);
});

test('the example chat-room: who names the same room sees people and messages', async ({ visit }) => {
  const enter = async (name: string, room: string): Promise<Person> => {
    const person = await visit(name);
    await person.goto(links.get('chat-room')!);
    await person.page.getByLabel('Room').fill(room);
    await person.page.getByLabel('Your name').fill(name);
    await person.page.getByRole('button', { name: 'Come in' }).click();
    await expect(person.page.getByRole('heading', { name: room })).toBeVisible();
    return person;
  };
  const say = async ({ page }: Person, message: string): Promise<void> => {
    await page.getByLabel('Message').fill(message);
    await page.getByRole('button', { name: 'Send' }).click();
  };
  const [mina, joon, other] = [
    await enter('Mina', 'kitchen'),
    await enter('Joon', 'kitchen'),
    await enter('Kim', 'hall'),
  ];
  for (const { page } of [mina, joon])
    await expect.poll(async () => (await page.getByRole('listitem').allInnerTexts()).sort()).toEqual(['Joon', 'Mina']);
  await say(mina, 'Is there milk?');
  await expect(joon.page.getByRole('log')).toHaveText('Mina: Is there milk?');
  await say(joon, 'No.');
  await expect(mina.page.getByRole('log')).toHaveText('Mina: Is there milk? Joon: No.');
  await expect(mina.page.getByText('Last message: Joon: No.')).toBeVisible();
  await expect(mina.page.getByText('saved', { exact: true })).toBeVisible();
  await expect(other.page.getByRole('log')).toHaveText('');
});
