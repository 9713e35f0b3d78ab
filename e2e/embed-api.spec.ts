import { expect } from '@playwright/test';
import type { EmbedEvents, WeftEditorElement } from '../web/embed/contract.ts';
import { expectConverged } from './fixtures/converged.ts';
import type { EmbeddedPerson } from './fixtures/embedded-person.ts';
import { test } from './fixtures/embed.ts';

/** What a page has heard of an element, by event. */
type Heard = readonly { readonly type: string; readonly detail: unknown; readonly isComposed: boolean }[];

const EVENTS: readonly (keyof EmbedEvents | 'input' | 'change')[] = [
  ...(['weft-ready', 'weft-change', 'weft-state', 'weft-presence', 'weft-selection', 'weft-refused'] as const),
  ...(['input', 'change'] as const),
];

/** The page listens at its root, before the element is there. */
const LISTENING = `<script>
  window.heard = [];
  for (const type of ${JSON.stringify(EVENTS)})
    document.addEventListener(type, ({ target, detail, composed }) =>
      target.localName === 'weft-editor' && heard.push({ type, detail: structuredClone(detail), isComposed: composed }));
</script>`;

async function heardBy(person: EmbeddedPerson, type: (typeof EVENTS)[number]): Promise<Heard> {
  const heard = await person.page.evaluate(() => (window as unknown as { heard: Heard }).heard);
  return heard.filter((one) => one.type === type);
}

test('W11 the page hears of everything that happens, at its root, with details', async ({ embed, join }) => {
  const mina = await embed('Mina', {
    page: ({ script, element, user }) =>
      `<!doctype html><title>Events</title>${LISTENING}${script}${element}${user}<button>Next</button>`,
  });
  await expect.poll(() => heardBy(mina, 'weft-ready')).toHaveLength(1);
  const joon = await join('Joon', { url: mina.documentUrl });
  await mina.type('ab');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'ab' });
  expect(await heardBy(mina, 'change')).toEqual([]);
  await joon.press('Control+End');
  await joon.type('!');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'ab!' });

  expect(await heardBy(mina, 'weft-change')).toMatchObject([
    { detail: { origin: 'local', version: 0, edit: ['a'] }, isComposed: true },
    { detail: { origin: 'local', edit: [1, 'b'] } },
    { detail: { origin: 'remote', edit: [2, '!'] } },
  ]);
  expect(await heardBy(mina, 'input')).toHaveLength(2);
  const states = (await heardBy(mina, 'weft-state')).map(({ detail }) => detail) as {
    state: string;
    unsaved: number;
  }[];
  expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(['saving', 'saved']));
  expect(states.at(-1)).toMatchObject({ state: 'saved', unsaved: 0 });
  const people = (await heardBy(mina, 'weft-presence')).at(-1)!.detail as EmbedEvents['weft-presence'];
  expect(people.people.map(({ name, isSelf, role }) => ({ name, isSelf, role }))).toEqual([
    { name: 'Mina', isSelf: true, role: 'editor' },
    { name: 'Joon', isSelf: false, role: 'editor' },
  ]);
  expect((await heardBy(mina, 'weft-selection')).at(-1)).toMatchObject({ detail: { anchor: 2, head: 2 } });
  // `change` comes as of other fields: once somebody leaves it.
  await mina.page.getByRole('button', { name: 'Next' }).focus();
  expect(await heardBy(mina, 'change')).toHaveLength(1);
});

test('W9 properties tell what is there: value, state, unsaved, version, role, people, session, transport', async ({
  embed,
  openDocument,
}) => {
  const url = await openDocument({ content: 'Soup' });
  const mina = await embed('Mina', { url });
  const read = (): Promise<Record<string, unknown>> =>
    mina.inElement(({ value, state, unsaved, version, role, people, session, transport }) => ({
      ...{ value, state, unsaved, version, role, transport },
      names: people.map(({ name, isSelf }) => [name, isSelf]),
      text: session?.text.toString(),
    }));
  expect(await read()).toMatchObject({
    value: 'Soup',
    unsaved: 0,
    role: 'editor',
    transport: 'socket',
    text: 'Soup',
    names: [['Mina', true]],
  });
  const { version } = (await read()) as { version: number };
  mina.network.hold();
  await mina.press('Control+End');
  await mina.type('!');
  await expect.poll(read).toMatchObject({ value: 'Soup!', state: 'saving', unsaved: 1, version });
  mina.network.release();
  await expect.poll(read).toMatchObject({ state: 'saved', unsaved: 0, version: version + 1 });
});

test('W10 methods write, select, take back, scroll and leave', async ({ embed, openDocument }) => {
  const url = await openDocument({ content: `One two\n${'line\n'.repeat(80)}last` });
  const mina = await embed('Mina', { url });
  const call = <R>(run: (element: WeftEditorElement) => R): Promise<Awaited<R>> => mina.inElement(run as never);
  const startsWith = (text: string): Promise<void> =>
    expect.poll(() => mina.inElement(({ value }) => value.split('\n')[0])).toBe(text);

  await call((element) => element.select(4, 7));
  await call((element) => element.insertText('three'));
  await startsWith('One three');
  await call((element) => element.replaceRange(0, 3, 'Now\r\n'.trim()));
  await startsWith('Now three');
  await call((element) => element.undo());
  await startsWith('One three');
  await call((element) => element.undo());
  await startsWith('One two');
  await call((element) => element.redo());
  await startsWith('One three');
  await call((element) => element.scrollTo(element.value.length));
  await expect(mina.editor.getByText('last')).toBeInViewport();
  await call((element) => element.select(-5, 1e9));
  await call((element) => element.insertText('All'));
  await call((element) => element.flush());
  await expectConverged([mina], url, { text: 'All' });
  await call((element) => element.focus());
  await mina.keyboard.type('!');
  await startsWith('All!');
  await call((element) => element.disconnect());
  await expect(mina.element).toHaveAttribute('data-collab-state', 'offline');
  await expectConverged([mina], url, { text: 'All!' });
});

/** What the page keeps of a flush that is under way. */
interface Flushing {
  flushed: Promise<number>;
}

test('W10 flush resolves when everything is durable, and rejects with a code when it cannot be', async ({
  embed,
  weft,
  playwright,
}) => {
  const owner = await playwright.request.newContext({ baseURL: weft.url });
  const { id } = (await (await owner.post('/api/documents', { data: {} })).json()) as { id: string };
  const mina = await embed('Mina', { url: `${weft.url}/d/${id}` });
  await mina.type('a');
  await mina.inElement((element) => element.flush());
  mina.network.hold();
  await mina.type('b');
  await expect.poll(() => mina.unsaved()).toBe(1);
  const before = await mina.inElement((element) => {
    (window as unknown as Flushing).flushed = element.flush().then(() => element.unsaved);
    return element.unsaved;
  });
  mina.network.release();
  expect([before, await mina.page.evaluate(() => (window as unknown as Flushing).flushed)]).toEqual([1, 0]);

  mina.network.hold();
  await mina.type('c');
  const refused = mina.inElement((element) => element.flush().catch((error: { code: string }) => error.code));
  mina.log.allow(/404|403/);
  await owner.delete(`/api/documents/${id}`);
  mina.network.release();
  expect(await refused).toBe('not_found');
  await owner.dispose();
});

test('W6 what a page sets before the script is there counts, and so does what it calls', async ({
  embed,
  openDocument,
}) => {
  const url = await openDocument({ content: 'Early' });
  const mina = await embed('Mina', {
    url,
    page: ({ id, script }) => `<!doctype html><title>Early</title><weft-editor></weft-editor>
      <script>
        const editor = document.querySelector('weft-editor');
        Object.assign(editor, { document: ${JSON.stringify(id)}, user: { name: 'Early bird' }, lineNumbers: true, maxlength: 9 });
        customElements.whenDefined('weft-editor').then(() => { editor.select(0, 5); editor.insertText('Bird'); });
      </script>${script}`,
  });
  await expectConverged([mina], url, { text: 'Bird' });
  expect(
    await mina.inElement(({ people, maxlength, lineNumbers }) => [people[0]!.name, maxlength, lineNumbers]),
  ).toEqual(['Early bird', 9, true]);
  await expect(mina.element.locator('.weft-numbered').first()).toBeVisible();
});

test('W11 a page that prevents weft-refused says it in its own words; ready rejects with the code', async ({
  visitHost,
  weft,
}) => {
  const mina = await visitHost('Mina', {
    url: `${weft.url}/d/there-is-no-such`,
    page: ({ script, element }) => `<!doctype html><title>Own</title><p id="own"></p><script>
      document.addEventListener('weft-refused', (event) => { event.preventDefault(); own.textContent = 'Ours: ' + event.detail.code; });
      </script>${script}${element}`,
  });
  mina.log.allow(/404/);
  await expect(mina.page.locator('#own')).toHaveText('Ours: not_found');
  expect(await mina.inElement(({ ready }) => ready.catch((error: { code: string }) => error.code))).toBe('not_found');
  await expect(mina.element).toHaveAttribute('data-collab-state', 'refused');
  await expect(mina.element.getByTestId('refused')).toHaveCount(0);
});
